package io.overc;

import java.util.Set;

/** Says which artifact brings a backend. */
final class ArtifactHint {
  private static final Set<String> OWN = Set.of("btrfs", "lxc", "docker", "opennebula");

  private ArtifactHint() {}

  static String any() {
    return "Add the artifact of a backend to the class path as a dependency.";
  }

  static String of(String id) {
    return "Add "
        + (OWN.contains(id) ? "io.overc:overc-" + id : "the artifact that provides '" + id + "'")
        + " to the class path as a dependency.";
  }
}
