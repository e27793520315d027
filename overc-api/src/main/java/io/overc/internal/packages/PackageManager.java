package io.overc.internal.packages;

import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules of one package manager: what it is asked, and what its answers mean.
 *
 * <p>For all of them a repository that cannot be read is an error, where by default some would pass
 * over it and find nothing newer, and so is a script of a package that failed. None ever asks
 * anything. Immutable and thread-safe; found by {@link PackageManagers}.
 */
public abstract class PackageManager {
  // Debian's rpm keeps its database in the home directory, newer ones in /usr.
  static final List<String> RPM_DATABASES =
      List.of("var/lib/rpm", "usr/lib/sysimage/rpm", "root/.rpmdb");

  private static final List<String> PROGRAM_DIRECTORIES =
      List.of("usr/bin", "bin", "usr/sbin", "sbin", "usr/local/bin");

  private final String id;
  private final String program;

  PackageManager(String id, String program) {
    this.id = id;
    this.program = program;
  }

  public final String id() {
    return id;
  }

  public final String program() {
    return program;
  }

  public final void refresh(PackageRoot root, Consumer<String> lines) {
    change(root, refresh(), "refresh the package lists of ", lines);
  }

  /** Returns the packages that an upgrade would change, as far as the package lists know. */
  public final List<PackageChange> newer(PackageRoot root, Consumer<String> lines) {
    return newer(
        arguments -> {
          CommandResult result = root.run(this, arguments, lines);
          if (queryFailed(result)) {
            throw new CommandFailedException("look for newer packages in " + root.name(), result);
          }
          return result;
        });
  }

  public final void upgrade(PackageRoot root, Consumer<String> lines) {
    change(root, upgrade(), "upgrade the packages of ", lines);
  }

  private void change(
      PackageRoot root, List<String> arguments, String attempt, Consumer<String> lines) {
    if (root.files().isPresent() && lock().isPresent()) {
      StaleLock.remove(root.files().get(), lock().get(), lines);
    }
    CommandResult result = root.run(this, arguments, lines);
    if (failed(result)) {
      throw new CommandFailedException(attempt + root.name(), result);
    }
  }

  public final boolean isIn(Collection<Path> layers) {
    return layers.stream()
        .flatMap(layer -> PROGRAM_DIRECTORIES.stream().map(layer::resolve))
        .filter(directory -> Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
        .anyMatch(bin -> Files.exists(bin.resolve(program), LinkOption.NOFOLLOW_LINKS));
  }

  public final boolean hasDatabaseIn(Path root) {
    return databases().stream()
        .anyMatch(at -> Files.exists(root.resolve(at), LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Returns the options that make the program of this machine work on another root; empty if it has
   * none.
   */
  public abstract Optional<List<String>> locate(Path root);

  /** Where the database of installed packages may be, relative to a root. */
  abstract List<String> databases();

  abstract List<String> refresh();

  abstract List<String> upgrade();

  // Finds what is newer; ask runs the program with arguments and throws if queryFailed.
  abstract List<PackageChange> newer(Function<List<String>, CommandResult> ask);

  Map<String, String> environment() {
    return Map.of();
  }

  boolean failed(CommandResult result) {
    return !result.succeeded();
  }

  boolean queryFailed(CommandResult result) {
    return failed(result);
  }

  /** The lock file that a killed run leaves behind, relative to a root. */
  Optional<Path> lock() {
    return Optional.empty();
  }

  @Override
  public final String toString() {
    return id;
  }
}
