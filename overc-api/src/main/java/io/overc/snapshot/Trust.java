package io.overc.snapshot;

/**
 * What a snapshot from elsewhere may want of this host, beyond its own files. Each is left out of
 * an import unless it is {@linkplain ImportOptions#trusting trusted by name}: whoever made the file
 * would otherwise act here with the rights of whoever starts the container.
 */
public enum Trust {
  /** Programs that run on the host when the container starts or ends. */
  HOOKS,
  /** Files and directories of the host that the container sees or writes. */
  MOUNTS,
  /** Devices of the host. */
  DEVICES,
  /** Rights beyond those of an ordinary container, such as capabilities or the host's network. */
  PRIVILEGES
}
