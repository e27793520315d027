package io.overc.internal.packages;

import io.overc.error.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

public final class PackageManagers {
  // Where a root has several, the first is taken. dnf and zypper come before apt, which without any
  // source finds nothing newer for ever, while they fail; Debian has pacman too, for other roots.
  private static final List<PackageManager> ALL =
      List.of(new Dnf(), new Zypper(), new Apt(), new Pacman(), new Apk(), new Smart());

  private PackageManagers() {}

  public static List<PackageManager> all() {
    return ALL;
  }

  /**
   * Finds the package manager of a container: the one that is configured, or the first that is
   * there.
   */
  public static PackageManager inContainer(
      Optional<String> configured, String container, Predicate<PackageManager> present) {
    return ALL.stream()
        .filter(one -> configured.map(one.id()::equals).orElseGet(() -> present.test(one)))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot upgrade packages in %s: %s; set template.NAME.package-manager to one of %s"
                        .formatted(
                            container,
                            configured
                                .map(other -> "'" + other + "' is not a known package manager")
                                .orElse("no package manager was found in it"),
                            ALL.stream()
                                .map(PackageManager::id)
                                .collect(Collectors.joining(", ")))));
  }
}
