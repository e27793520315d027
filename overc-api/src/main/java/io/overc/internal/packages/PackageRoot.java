package io.overc.internal.packages;

import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A root whose packages are handled.
 *
 * @param kind how command lines reach it
 * @param name what messages call it
 * @param options options for every call, put right after the program and what locates the root
 * @param timeout the maximum time of one call
 * @param launcher runs a command where the kind works
 * @param files where this process finds the root, if it sees all processes that may work in it;
 *     locks that killed ones left behind are then removed
 */
public record PackageRoot(
    RootKind kind,
    String name,
    List<String> options,
    Duration timeout,
    Function<CommandBuilder, CommandResult> launcher,
    Optional<Path> files) {
  /** Lists of packages are long. */
  private static final int OUTPUT_LIMIT = 16 << 20;

  /**
   * Copies the list.
   *
   * @param launcher runs a command where the kind works
   * @param files where this process finds the root
   */
  public PackageRoot {
    options = List.copyOf(options);
  }

  /**
   * Describes the root of a container.
   *
   * @param launcher runs a command where the kind works
   * @return the root
   */
  public static PackageRoot container(
      RootKind kind,
      String name,
      Duration timeout,
      Function<CommandBuilder, CommandResult> launcher) {
    return new PackageRoot(kind, name, List.of(), timeout, launcher, Optional.empty());
  }

  CommandResult run(PackageManager manager, List<String> arguments, Consumer<String> lines) {
    List<String> all = new ArrayList<>(options);
    all.addAll(arguments);
    return launcher.apply(
        kind.reach(manager, all).outputLimit(OUTPUT_LIMIT).timeout(timeout).lines(lines));
  }
}
