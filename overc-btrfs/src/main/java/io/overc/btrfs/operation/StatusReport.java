package io.overc.btrfs.operation;

import io.overc.btrfs.boot.Kernels;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.Layout;
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

/** Reads the status of a host. */
public final class StatusReport {
  private StatusReport() {}

  /** Reads the status. */
  public static HostStatus of(HostContext host) throws IOException {
    HostState state = host.read();
    Optional<String> interrupted =
        host.isLocked()
            ? Optional.empty()
            : host.journal().read().map(entry -> entry.change().word());
    return new HostStatus(
        phase(host, state, interrupted.isPresent()),
        state.running(),
        state.next(),
        Optional.of(Layout.BACKUP).filter(state::exists),
        slots(state),
        kernels(host, host.settings().boot()),
        host.switchRecord().lastSwitch(state),
        interrupted);
  }

  private static Phase phase(HostContext host, HostState state, boolean interrupted) {
    if (interrupted) {
      return Phase.INTERRUPTED;
    }
    if (state.inBackupMode()) {
      return Phase.BACKUP_MODE;
    }
    if (!state.pending()) {
      return Phase.CLEAN;
    }
    boolean rollback = host.switchRecord().operation(state).filter("rollback"::equals).isPresent();
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

  private static List<KernelFile> kernels(HostContext host, Path boot) throws IOException {
    List<KernelFile> found = new ArrayList<>();
    for (Path file : host.bootFiles().members(boot)) {
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
