package io.overc.btrfs.packages;

/** Says whose package manager handles a root. */
public enum Mode {
  /** The root's own, run by chroot. */
  CHROOT,
  /** The host's, told where the root is. */
  INSTALLROOT
}
