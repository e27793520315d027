package io.overc.btrfs.packages;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Handles the packages of a root that may not be the running one. */
public abstract class PackageManager {
  private final Setup setup;

  /**
   * Handles packages as a setup says.
   *
   * @param setup how
   */
  protected PackageManager(Setup setup) {
    this.setup = setup;
  }

  /**
   * Returns the name by which it is chosen.
   *
   * @return the name
   */
  public abstract String name();

  /**
   * Refreshes the package lists.
   *
   * @param root where
   * @param lines hears what the tool prints
   */
  public abstract void refresh(Root root, Consumer<String> lines);

  /**
   * Returns the packages that an upgrade would change, as far as the package lists know.
   *
   * @param root where
   * @return the packages
   */
  public abstract List<PackageChange> newer(Root root);

  /**
   * Upgrades every package.
   *
   * @param root where
   * @param lines hears what the tool prints
   */
  public abstract void upgrade(Root root, Consumer<String> lines);

  /**
   * Returns the tool that is run.
   *
   * @return its name
   */
  protected abstract String tool();

  /**
   * Returns the options that tell the host's tool where the root is.
   *
   * @param root the root
   * @return the options
   */
  protected abstract List<String> locate(Path root);

  /**
   * Tells whether this package manager handles a root: the tool is in it, or, in installroot mode,
   * its database.
   *
   * @param root where this process finds the root
   * @return whether it does
   */
  public boolean handles(Path root) {
    Stream<String> signs =
        setup.mode() == Mode.CHROOT
            ? Stream.of("usr/bin/", "bin/", "usr/sbin/", "usr/local/bin/").map(d -> d + tool())
            : databases().stream();
    return signs.anyMatch(sign -> Files.exists(root.resolve(sign), LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Returns where the database of installed packages may be; Debian's rpm keeps it in the home
   * directory.
   *
   * @return paths relative to a root
   */
  protected List<String> databases() {
    return List.of("var/lib/rpm", "usr/lib/sysimage/rpm", "root/.rpmdb");
  }

  /**
   * Tells whose tool is run.
   *
   * @return the mode
   */
  public final Mode mode() {
    return setup.mode();
  }

  /**
   * Runs the tool.
   *
   * @param root where
   * @param lines hears what it prints
   * @param arguments its arguments
   * @return what came of it
   */
  protected final CommandResult call(Root root, Consumer<String> lines, String... arguments) {
    CommandBuilder command = Command.of(tool());
    if (setup.mode() == Mode.INSTALLROOT) {
      command.arguments(locate(root.path()));
    }
    command
        .arguments(setup.options())
        .arguments(arguments)
        .environment("DEBIAN_FRONTEND", "noninteractive")
        .environment("HOME", "/root")
        .outputLimit(16 << 20)
        .timeout(setup.timeout())
        .lines(lines);
    return setup.mode() == Mode.CHROOT ? root.chroot(command) : root.run(command);
  }

  /**
   * Says what was attempted, for messages.
   *
   * @param what for example {@code upgrade the packages}
   * @param root where
   * @return for example {@code upgrade the packages of rootfs_upgrade.new}
   */
  protected static String attempt(String what, Root root) {
    return what + " of " + root.path().getFileName();
  }

  /**
   * Hears nothing.
   *
   * @return a consumer
   */
  protected static Consumer<String> quiet() {
    return line -> {};
  }
}
