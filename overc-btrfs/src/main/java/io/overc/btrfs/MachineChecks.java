package io.overc.btrfs;

import static io.overc.btrfs.Checks.broken;
import static io.overc.btrfs.Checks.met;
import static io.overc.btrfs.Checks.warning;

import io.overc.btrfs.boot.BootEntries;
import io.overc.btrfs.boot.Kernels;
import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.exec.Tools;
import io.overc.host.Preflight.Requirement;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be checked by reading files: tools, mounts, the boot partition and its entries. */
final class MachineChecks {
  static final String[] TOOLS = {"btrfs", "unshare", "nsenter", "mount", "chroot", "cp"};
  private static final Path COMMAND_LINE = Path.of("/proc/cmdline");

  /** File systems on which a file cannot have two names. */
  private static final Set<String> NO_LINKS = Set.of("vfat", "msdos", "exfat");

  private final Settings settings;
  private final MountTable mounts;

  MachineChecks(Settings settings, MountTable mounts) {
    this.settings = settings;
    this.mounts = mounts;
  }

  void run(Checks checks) {
    checks.add("root privilege", this::privilege);
    checks.add("tools", this::tools);
    checks.add("root on btrfs", this::rootOnBtrfs);
    checks.add("root in a slot", this::rootInSlot);
    checks.add("separate boot partition", this::separateBoot);
    checks.add("kernel", this::kernel);
    checks.add("backup boot entry", this::backupEntry);
    checks.add("normal boot entry", this::normalEntry);
    checks.add("kernel command line", this::commandLine);
    checks.add("fstab", this::fstab);
    checks.add("whole root", this::wholeRoot);
  }

  /** Whether everything else can be asked at all. */
  boolean canOpen() {
    return isRoot()
        && Tools.missing(TOOLS).isEmpty()
        && root().isPresent()
        && findKernel().isPresent();
  }

  /** Refuses to begin without the privilege and the tools. */
  static void needEverything() {
    if (!isRoot()) {
      throw new UnavailableException("Host upgrades need root privilege: run as root");
    }
    List<String> missing = Tools.missing(TOOLS);
    if (!missing.isEmpty()) {
      throw new UnavailableException(
          missing.stream()
              .map(tool -> "'" + tool + "' is missing: " + Tools.cure(tool))
              .collect(Collectors.joining("; ")));
    }
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new OvercException("Could not tell who runs this: " + e, e);
    }
  }

  private Requirement privilege() {
    return isRoot()
        ? met("root privilege", "this process is root")
        : broken("root privilege", "this process is not root", "run as root");
  }

  private Requirement tools() {
    List<String> missing = Tools.missing(TOOLS);
    return missing.isEmpty()
        ? met("tools", String.join(", ", TOOLS))
        : broken(
            "tools",
            "missing: " + String.join(", ", missing),
            missing.stream().map(Tools::cure).distinct().collect(Collectors.joining("; ")));
  }

  private Requirement rootOnBtrfs() {
    Optional<Mount> mount = mounts.at(settings.root());
    if (root().isPresent()) {
      return met("root on btrfs", settings.root() + " is a btrfs on " + root().get().source());
    }
    return broken(
        "root on btrfs",
        mount
            .map(m -> settings.root() + " is " + m.type() + ", not btrfs")
            .orElse("nothing is mounted at " + settings.root()),
        "install the root on btrfs, or set btrfs.root to where it is mounted");
  }

  private Requirement rootInSlot() {
    String subvolume = root().map(mount -> mount.root().replaceFirst("^/", "")).orElse("");
    if (Layout.isSlot(subvolume) || subvolume.equals(Layout.BACKUP)) {
      return met("root in a slot", "the running root is the subvolume " + subvolume);
    }
    return broken(
        "root in a slot",
        subvolume.isEmpty()
            ? "the running root is the top-level subvolume"
            : "the running root is the subvolume " + subvolume,
        "put the root into a subvolume named '"
            + Layout.ROOTFS
            + "' of the top-level subvolume, make it the default and boot it");
  }

  private Requirement separateBoot() {
    Optional<Mount> boot = mounts.at(settings.boot());
    if (boot.isEmpty() || root().map(r -> r.device().equals(boot.get().device())).orElse(false)) {
      return broken(
          "separate boot partition",
          settings.boot() + " is not a file system of its own",
          "put the boot loader and the kernels on a partition mounted at " + settings.boot());
    }
    if (boot.get().options().contains("ro")) {
      return broken(
          "separate boot partition",
          settings.boot() + " is mounted read-only",
          "mount it writable (mount -o remount,rw " + settings.boot() + ")");
    }
    String found = settings.boot() + " is " + boot.get().type() + " on " + boot.get().source();
    return NO_LINKS.contains(boot.get().type())
        ? warning(
            "separate boot partition",
            found
                + ": a power cut in the moment in which a kernel is replaced may leave that one boot"
                + " entry without it; the other entry boots",
            "use ext4 if the boot loader can read it")
        : met("separate boot partition", found);
  }

  private Requirement kernel() {
    return findKernel()
        .map(name -> met("kernel", settings.boot().resolve(name).toString()))
        .orElseGet(
            () ->
                broken(
                    "kernel",
                    "there is none in " + settings.boot(),
                    "name it "
                        + settings.kernel().orElse(String.join(" or ", Kernels.NAMES))
                        + ", or set btrfs.kernel"));
  }

  private Requirement backupEntry() throws IOException {
    String kernel = findKernel().orElse(Kernels.NAMES.get(0));
    String backup = Kernels.backupOf(Path.of(kernel)).toString();
    return BootEntries.read(settings.boot()).boots(backup, Layout.BACKUP)
        ? met("backup boot entry", backup + " with rootflags=subvol=" + Layout.BACKUP)
        : broken(
            "backup boot entry",
            "no entry in " + settings.boot() + " boots " + backup + " with the backup root",
            "add one: linux /"
                + backup
                + " rootflags=subvol="
                + Layout.BACKUP
                + " root=/dev/<the device of the root>");
  }

  private Requirement normalEntry() throws IOException {
    String kernel = findKernel().orElse(Kernels.NAMES.get(0));
    List<String> pinned = BootEntries.read(settings.boot()).pinned(kernel);
    return pinned.isEmpty()
        ? met("normal boot entry", "no entry for " + kernel + " chooses a subvolume")
        : broken(
            "normal boot entry",
            "'"
                + pinned.get(0)
                + "' chooses the subvolume itself: a new default would mean nothing",
            "remove subvol= or subvolid= from the rootflags of that entry");
  }

  private Requirement commandLine() throws IOException {
    String title = "kernel command line";
    if (!settings.root().equals(Path.of("/"))) {
      return met(title, "does not concern " + settings.root());
    }
    Optional<String> chosen =
        BootEntries.subvolume(BoundedFiles.latin(COMMAND_LINE, BoundedFiles.SMALL));
    boolean backup = root().map(m -> m.root().equals("/" + Layout.BACKUP)).orElse(false);
    return chosen.isEmpty() || backup
        ? met(title, "chooses no subvolume, or the backup")
        : broken(
            title,
            "it says " + ForeignText.shown(chosen.get()) + ": a new default would mean nothing",
            "remove it from the rootflags of the normal boot entry and reboot");
  }

  private Requirement fstab() throws IOException {
    Path fstab = settings.root().resolve("etc/fstab");
    Optional<String> line = Files.exists(fstab) ? pinnedLine(fstab) : Optional.empty();
    return line.isEmpty()
        ? met("fstab", "chooses no subvolume for /")
        : broken(
            "fstab",
            "the line '"
                + ForeignText.shown(line.get())
                + "' chooses the subvolume: a new default would mean nothing",
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

  private Requirement wholeRoot() {
    List<String> outside =
        mounts.below(settings.root()).stream()
            .map(mount -> settings.root().relativize(mount.point()).toString())
            .filter(Set.of("usr", "var", "var/lib", "etc", "lib", "opt")::contains)
            .toList();
    return outside.isEmpty()
        ? met("whole root", "the parts that packages own are on the root")
        : warning(
            "whole root",
            String.join(", ", outside) + " are file systems of their own: no snapshot holds them",
            "keep what packages own on the root");
  }

  private Optional<Mount> root() {
    return mounts.at(settings.root()).filter(mount -> mount.type().equals("btrfs"));
  }

  private Optional<String> findKernel() {
    return Kernels.find(settings.boot(), settings.kernel());
  }
}
