package io.overc.btrfs.preflight;

import static io.overc.btrfs.preflight.Findings.Finding.broken;
import static io.overc.btrfs.preflight.Findings.Finding.met;
import static io.overc.btrfs.preflight.Findings.Finding.warning;

import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import io.overc.btrfs.preflight.Findings.Finding;
import io.overc.btrfs.state.HostSettings;
import io.overc.btrfs.state.Layout;
import io.overc.btrfs.state.Prerequisites;
import io.overc.error.Remedy;
import io.overc.exec.Tools;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be checked without opening the host: privilege, tools, mounts and the boot entries. */
final class MachineChecks {
  /** File systems on which a file cannot have two names. */
  private static final Set<String> NO_LINKS = Set.of("vfat", "msdos", "exfat");

  private final HostSettings settings;
  private final MountTable mounts;
  private final Optional<Mount> root;
  private final BootChecks boot;

  MachineChecks(HostSettings settings, MountTable mounts) {
    this.settings = settings;
    this.mounts = mounts;
    this.root = mounts.at(settings.root()).filter(mount -> mount.type().equals("btrfs"));
    this.boot = new BootChecks(settings, subvolume().equals(Layout.BACKUP));
  }

  void run(Findings findings) {
    findings.check("root privilege", MachineChecks::privilege);
    findings.check("tools", MachineChecks::tools);
    findings.check("root on btrfs", this::rootOnBtrfs);
    findings.check("root in a slot", this::rootInSlot);
    findings.check("separate boot partition", this::separateBoot);
    boot.run(findings);
    findings.check("whole root", this::wholeRoot);
  }

  /** Tells whether the host can be opened at all. */
  boolean canOpen() {
    return Prerequisites.isRoot()
        && Prerequisites.installation().isEmpty()
        && root.isPresent()
        && boot.hasKernel();
  }

  private static Finding privilege() {
    return Prerequisites.isRoot()
        ? met("this process is root")
        : broken("this process is not root", "run as root");
  }

  private static Finding tools() {
    List<String> missing = Tools.missing(Prerequisites.tools());
    return missing.isEmpty()
        ? met(String.join(", ", Prerequisites.tools()))
        : broken("missing: " + String.join(", ", missing), Prerequisites.installation());
  }

  private Finding rootOnBtrfs() {
    if (root.isPresent()) {
      return met(settings.root() + " is a btrfs on " + root.get().source());
    }
    return broken(
        mounts
            .at(settings.root())
            .map(mount -> settings.root() + " is " + mount.type() + ", not btrfs")
            .orElse("nothing is mounted at " + settings.root()),
        Remedy.of(
            Remedy.Action.CONFIGURE,
            "btrfs.root",
            "install the root on btrfs, or set btrfs.root to where it is mounted"));
  }

  private Finding rootInSlot() {
    String subvolume = subvolume();
    if (Layout.isSlot(subvolume) || subvolume.equals(Layout.BACKUP)) {
      return met("the running root is the subvolume " + subvolume);
    }
    return broken(
        subvolume.isEmpty()
            ? "the running root is the top-level subvolume"
            : "the running root is the subvolume " + subvolume,
        "put the root into a subvolume named '"
            + Layout.ROOTFS
            + "' of the top-level subvolume, make it the default and boot it");
  }

  private String subvolume() {
    return root.map(mount -> mount.root().replaceFirst("^/", "")).orElse("");
  }

  private Finding separateBoot() {
    Optional<Mount> own = mounts.at(settings.boot());
    if (own.isEmpty() || root.filter(r -> r.device().equals(own.get().device())).isPresent()) {
      return broken(
          settings.boot() + " is not a file system of its own",
          "put the boot loader and the kernels on a partition mounted at " + settings.boot());
    }
    if (own.get().options().contains("ro")) {
      return broken(
          settings.boot() + " is mounted read-only",
          "mount it writable (mount -o remount,rw " + settings.boot() + ")");
    }
    String found = settings.boot() + " is " + own.get().type() + " on " + own.get().source();
    return NO_LINKS.contains(own.get().type())
        ? warning(
            found
                + ": a power cut in the moment in which a kernel is replaced may leave that one boot"
                + " entry without it; the other entry boots",
            "use ext4 if the boot loader can read it")
        : met(found);
  }

  private Finding wholeRoot() {
    List<String> outside =
        mounts.below(settings.root()).stream()
            .map(mount -> settings.root().relativize(mount.point()).toString())
            .filter(Set.of("usr", "var", "var/lib", "etc", "lib", "opt")::contains)
            .toList();
    return outside.isEmpty()
        ? met("the parts that packages own are on the root")
        : warning(
            String.join(", ", outside) + " are file systems of their own: no snapshot holds them",
            "keep what packages own on the root");
  }
}
