package io.overc.btrfs.state;

import io.overc.btrfs.fs.PrivateNamespace;
import io.overc.error.ConfigException;
import io.overc.error.UnavailableException;
import io.overc.exec.Tools;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageManagers;
import io.overc.internal.packages.PackageRoot;
import io.overc.internal.packages.RootKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which package manager handles the roots of a host, and how it is called.
 *
 * @param manager its id, or {@link #AUTO}
 * @param installroot whether the one of this machine is run, told where the root is, instead of the
 *     root's own by chroot
 * @param options options for every call, put right after the name of the tool
 * @param timeout the maximum time of one call
 */
public record HostPackages(
    String manager, boolean installroot, List<String> options, Duration timeout) {
  /** The id that leaves the choice to what is found in the root. */
  public static final String AUTO = "auto";

  /** Checks what can be checked before any root is at hand. */
  public HostPackages {
    options = List.copyOf(options);
    if (installroot
        && PackageManagers.all().stream()
            .anyMatch(one -> one.id().equals(manager) && !isLocatable(one))) {
      throw new ConfigException(
          List.of(
              "'btrfs.package-manager.mode' is 'installroot', but %s has no such option: use 'chroot'"
                  .formatted(manager)));
    }
  }

  /** Returns the values that can be chosen. */
  public static String[] choices() {
    return Stream.concat(Stream.of(AUTO), PackageManagers.all().stream().map(PackageManager::id))
        .toArray(String[]::new);
  }

  /**
   * Chooses the package manager of a root.
   *
   * @param root where this process finds the root
   * @throws UnavailableException if it is not there
   */
  PackageManager choose(Path root) {
    return PackageManagers.all().stream()
        .filter(one -> manager.equals(AUTO) || manager.equals(one.id()))
        .filter(one -> installroot ? isOnHostFor(one, root) : one.isIn(List.of(root)))
        .findFirst()
        .orElseThrow(() -> new UnavailableException(noneFound()));
  }

  private static boolean isLocatable(PackageManager one) {
    return one.locate(Path.of("/")).isPresent();
  }

  /** Where the database is depends on how the host's rpm was built: a name given is enough. */
  private boolean isOnHostFor(PackageManager one, Path root) {
    return isLocatable(one)
        && (!manager.equals(AUTO) || one.hasDatabaseIn(root))
        && Tools.find(one.program()).isPresent();
  }

  private String noneFound() {
    return "No package manager"
        + (manager.equals(AUTO) ? "" : " '" + manager + "'")
        + (installroot
            ? " of this machine can handle the root: install it here"
            : " was found in the root: install it there")
        + ", or set btrfs.package-manager and btrfs.package-manager.mode";
  }

  /** Mounts what package managers expect into a root, for the time of the namespace. */
  PackageRoot open(PrivateNamespace namespace, String name) {
    namespace.mountSystem(name);
    Path seen = namespace.seen(name);
    return new PackageRoot(
        installroot ? RootKind.installroot(seen) : RootKind.chroot(seen),
        seen.getFileName().toString(),
        options,
        timeout,
        namespace::runContained,
        Optional.of(namespace.file(name)));
  }
}
