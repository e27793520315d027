package io.overc;

import java.util.Set;

/** Knows which artifact brings a backend. */
final class Artifact {
  static final String CURE = "Add the artifact of a backend to the class path as a dependency.";

  private static final Set<String> OWN = Set.of("btrfs", "lxc", "docker", "opennebula");

  private Artifact() {}

  /** Says what to add for the backend of an id. */
  static String cure(String id) {
    return "Add "
        + (OWN.contains(id) ? "io.overc:overc-" + id : "the artifact that provides '" + id + "'")
        + " to the class path as a dependency.";
  }
}
