package io.overc.btrfs.packages;

import io.overc.error.ConfigException;
import io.overc.error.UnavailableException;
import io.overc.exec.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Chooses the package manager of a root. */
public final class PackageManagers {
  /** The name that leaves the choice to what is found in the root. */
  public static final String AUTO = "auto";

  private static final List<String> ORDER = List.of("dnf", "zypper", "apt", "smart");
  private static final Map<String, Function<Setup, PackageManager>> KNOWN =
      Map.of("dnf", Dnf::new, "zypper", Zypper::new, "apt", Apt::new, "smart", Smart::new);

  private PackageManagers() {}

  /**
   * Returns the names that can be chosen.
   *
   * @return the names
   */
  public static String[] names() {
    return new String[] {AUTO, "dnf", "zypper", "apt", "smart"};
  }

  /**
   * Checks a choice before any root is at hand.
   *
   * @param name the name, or {@link #AUTO}
   * @param mode whose package manager is to be run
   * @throws ConfigException if the two contradict each other
   */
  public static void check(String name, Mode mode) {
    if (name.equals("apt") && mode == Mode.INSTALLROOT) {
      throw new ConfigException(
          List.of(
              "'btrfs.package-manager.mode' is 'installroot', but apt has no such option:"
                  + " use 'chroot'"));
    }
  }

  /**
   * Chooses the package manager of a root.
   *
   * @param name its name, or {@link #AUTO}
   * @param setup how it will be called
   * @param root where this process finds the root
   * @return the package manager
   * @throws UnavailableException if it is not there
   */
  public static PackageManager choose(String name, Setup setup, Path root) {
    PackageManager chosen =
        ORDER.stream()
            .filter(known -> name.equals(AUTO) || name.equals(known))
            .filter(known -> setup.mode() == Mode.CHROOT || !known.equals("apt"))
            .map(known -> KNOWN.getOrDefault(known, Dnf::new).apply(setup))
            .filter(manager -> manager.handles(root) || isTrusted(name, setup))
            .filter(manager -> setup.mode() == Mode.CHROOT || isOnHost(manager))
            .findFirst()
            .orElse(null);
    if (chosen == null) {
      throw new UnavailableException(
          "No package manager"
              + (name.equals(AUTO) ? "" : " '" + name + "'")
              + (setup.mode() == Mode.CHROOT
                  ? " was found in the root: install it there"
                  : " of this machine can handle the root: install it here")
              + ", or set btrfs.package-manager and btrfs.package-manager.mode");
    }
    return chosen;
  }

  /** Where the database is depends on how the host's rpm was built: a name given is enough. */
  private static boolean isTrusted(String name, Setup setup) {
    return setup.mode() == Mode.INSTALLROOT && !name.equals(AUTO);
  }

  private static boolean isOnHost(PackageManager manager) {
    return Tools.find(manager.tool()).isPresent();
  }
}
