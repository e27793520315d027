package io.overc.btrfs;

import io.overc.btrfs.boot.Kernels;
import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;

/**
 * Where the host is: the mounts everything else starts from.
 *
 * @param root the mount of the running root
 * @param kernel the name of the kernel file
 */
record HostMounts(Mount root, String kernel) {

  /**
   * Finds the host.
   *
   * @throws RefusedException if the root is no btrfs, or there is no kernel
   * @throws UnavailableException if a tool or the privilege is missing
   */
  static HostMounts find(Settings settings) {
    MachineChecks.needEverything();
    Mount root =
        MountTable.read()
            .at(settings.root())
            .filter(mount -> mount.type().equals("btrfs"))
            .orElseThrow(
                () ->
                    new RefusedException(
                        settings.root()
                            + " is not where a btrfs is mounted: set btrfs.root to where the"
                            + " running root is mounted"));
    String kernel =
        Kernels.find(settings.boot(), settings.kernel())
            .orElseThrow(
                () ->
                    new RefusedException(
                        "There is no kernel in "
                            + settings.boot()
                            + " (looked for "
                            + settings.kernel().orElse(String.join(", ", Kernels.NAMES))
                            + "): set btrfs.boot and btrfs.kernel"));
    return new HostMounts(root, kernel);
  }

  /** Returns the device to mount the top-level subvolume from. */
  String device() {
    return root.source();
  }
}
