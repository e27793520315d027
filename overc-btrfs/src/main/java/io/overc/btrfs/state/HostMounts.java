package io.overc.btrfs.state;

import io.overc.btrfs.boot.Kernels;
import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
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
   * @throws RefusedException if the root is not on btrfs, or there is no kernel
   * @throws UnavailableException if a tool or the privilege is missing
   */
  static HostMounts find(HostSettings settings) {
    Prerequisites.require();
    Mount root =
        MountTable.read()
            .at(settings.root())
            .filter(mount -> mount.type().equals("btrfs"))
            .orElseThrow(
                () ->
                    refused(
                        "No btrfs is mounted at " + settings.root(),
                        "btrfs.root",
                        "set btrfs.root to where the running root is mounted"));
    String kernel =
        Kernels.find(settings.boot(), settings.kernel())
            .orElseThrow(
                () ->
                    refused(
                        "There is no kernel in "
                            + settings.boot()
                            + " (looked for "
                            + settings.kernel().orElse(String.join(", ", Kernels.NAMES))
                            + ")",
                        "btrfs.kernel",
                        "set btrfs.boot and btrfs.kernel"));
    return new HostMounts(root, kernel);
  }

  private static RefusedException refused(String problem, String key, String fix) {
    return new RefusedException(
        Guard.PREFLIGHT, problem, Remedy.of(Remedy.Action.CONFIGURE, key, fix));
  }

  /** Returns the device to mount the top-level subvolume from. */
  String device() {
    return root.source();
  }
}
