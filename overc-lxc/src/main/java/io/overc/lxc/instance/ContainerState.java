package io.overc.lxc.instance;

/** The states of a container that must be found again after an operation. */
public enum ContainerState {
  /** It does not run. */
  STOPPED,
  /** It runs. */
  RUNNING,
  /** It runs, and its user has frozen it. */
  FROZEN
}
