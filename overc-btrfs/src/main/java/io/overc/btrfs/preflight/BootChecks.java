package io.overc.btrfs.preflight;

import static io.overc.btrfs.preflight.Findings.Finding.broken;
import static io.overc.btrfs.preflight.Findings.Finding.met;

import io.overc.btrfs.boot.BootEntries;
import io.overc.btrfs.boot.Kernels;
import io.overc.btrfs.preflight.Findings.Finding;
import io.overc.btrfs.state.HostSettings;
import io.overc.btrfs.state.Layout;
import io.overc.error.Remedy;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What decides which kernel and which subvolume a boot takes. */
final class BootChecks {
  private static final Path COMMAND_LINE = Path.of("/proc/cmdline");
  private static final String NO_EFFECT = ": changing the default would have no effect";

  private final HostSettings settings;
  private final boolean backupRuns;

  BootChecks(HostSettings settings, boolean backupRuns) {
    this.settings = settings;
    this.backupRuns = backupRuns;
  }

  void run(Findings findings) {
    findings.check("kernel", this::kernel);
    findings.check("backup boot entry", this::backupEntry);
    findings.check("normal boot entry", this::normalEntry);
    findings.check("kernel command line", this::commandLine);
    findings.check("fstab", this::fstab);
  }

  boolean hasKernel() {
    return findKernel().isPresent();
  }

  private Finding kernel() {
    return findKernel()
        .map(name -> met(settings.boot().resolve(name).toString()))
        .orElseGet(
            () ->
                broken(
                    "there is none in " + settings.boot(),
                    Remedy.of(
                        Remedy.Action.CONFIGURE,
                        "btrfs.kernel",
                        "name it "
                            + settings.kernel().orElse(String.join(" or ", Kernels.NAMES))
                            + ", or set btrfs.kernel")));
  }

  private Finding backupEntry() throws IOException {
    String kernel = findKernel().orElse(Kernels.NAMES.get(0));
    String backup = Kernels.backupOf(Path.of(kernel)).toString();
    return BootEntries.read(settings.boot()).boots(backup, Layout.BACKUP)
        ? met(backup + " with rootflags=subvol=" + Layout.BACKUP)
        : broken(
            "no entry in " + settings.boot() + " boots " + backup + " with the backup root",
            "add one: linux /%s rootflags=subvol=%s root=/dev/<the device of the root>"
                .formatted(backup, Layout.BACKUP));
  }

  private Finding normalEntry() throws IOException {
    String kernel = findKernel().orElse(Kernels.NAMES.get(0));
    List<String> pinned = BootEntries.read(settings.boot()).pinned(kernel);
    return pinned.isEmpty()
        ? met("no entry for " + kernel + " chooses a subvolume")
        : broken(
            "'" + ForeignText.shown(pinned.get(0)) + "' chooses the subvolume itself" + NO_EFFECT,
            "remove subvol= or subvolid= from the rootflags of that entry");
  }

  private Finding commandLine() throws IOException {
    if (!settings.root().equals(Path.of("/"))) {
      return met("does not concern " + settings.root());
    }
    Optional<String> chosen =
        BootEntries.subvolume(BoundedFiles.latin(COMMAND_LINE, BoundedFiles.SMALL));
    return chosen.isEmpty() || backupRuns
        ? met("chooses no subvolume, or the backup")
        : broken(
            "it says " + ForeignText.shown(chosen.get()) + NO_EFFECT,
            "remove it from the rootflags of the normal boot entry and reboot");
  }

  private Finding fstab() throws IOException {
    Path fstab = settings.root().resolve("etc/fstab");
    Optional<String> line = Files.exists(fstab) ? pinnedLine(fstab) : Optional.empty();
    return line.isEmpty()
        ? met("chooses no subvolume for /")
        : broken(
            "the line '" + ForeignText.shown(line.get()) + "' chooses the subvolume" + NO_EFFECT,
            "remove subvol= or subvolid= from it");
  }

  private static Optional<String> pinnedLine(Path fstab) throws IOException {
    return BoundedFiles.lines(fstab, BoundedFiles.SMALL).stream()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .filter(line -> line.matches("\\S+\\s+/\\s.*"))
        .filter(line -> BootEntries.subvolume(line).isPresent())
        .findFirst();
  }

  private Optional<String> findKernel() {
    return Kernels.find(settings.boot(), settings.kernel());
  }
}
