package io.overc.container;

/** Says where an upgrade of a container comes from. */
public enum UpgradeSource {
  /** The template's image: the container is replaced. */
  IMAGE,
  /** The package repositories of the container: the {@code -r} of the command line. */
  PACKAGES
}
