package io.overc.btrfs;

import io.overc.btrfs.boot.Kernels;
import io.overc.host.HostStatus;
import io.overc.host.HostStatus.KernelFile;
import io.overc.host.HostStatus.Slot;
import io.overc.host.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what {@link BtrfsHostUpgrader#status} tells. */
final class StatusReport {
  private StatusReport() {}

  static HostStatus of(Session session, Settings settings) throws IOException {
    HostState state = session.read();
    Optional<String> interrupted =
        session.isLocked()
            ? Optional.empty()
            : session.journal().read().map(entry -> entry.verb().word());
    return new HostStatus(
        phase(session, state, interrupted.isPresent()),
        state.running(),
        state.next(),
        Optional.of(Layout.BACKUP).filter(state::exists),
        slots(state),
        kernels(session, settings.boot()),
        session.switchRecord().lastSwitch(state),
        interrupted);
  }

  private static Phase phase(Session session, HostState state, boolean interrupted) {
    if (interrupted) {
      return Phase.INTERRUPTED;
    }
    if (state.inBackupMode()) {
      return Phase.BACKUP_MODE;
    }
    if (!state.pending()) {
      return Phase.CLEAN;
    }
    boolean rollback =
        session.switchRecord().operation(state).filter("rollback"::equals).isPresent();
    return rollback ? Phase.ROLLBACK_PENDING : Phase.UPGRADE_PENDING;
  }

  private static List<Slot> slots(HostState state) {
    return Stream.of(Layout.ROOTFS, Layout.UPGRADE, Layout.BACKUP)
        .filter(state::exists)
        .map(
            name ->
                new Slot(
                    name,
                    state.idOf(name) == state.runningId(),
                    state.idOf(name) == state.defaultId()))
        .toList();
  }

  private static List<KernelFile> kernels(Session session, Path boot) throws IOException {
    List<KernelFile> found = new ArrayList<>();
    for (Path file : session.bootFiles().members(boot)) {
      for (Path each : List.of(file, Kernels.backupOf(file))) {
        Path path = boot.resolve(each);
        if (Files.exists(path)) {
          found.add(
              new KernelFile(
                  each.toString(),
                  Files.size(path),
                  Files.getLastModifiedTime(path).toInstant(),
                  Kernels.isBackup(each)));
        }
      }
    }
    return found;
  }
}
