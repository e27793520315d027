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
 * A root whose packages are handled. {@code options} come right after the program and what locates
 * the root; {@code timeout} is for one call. {@code files} is where this process finds the root if
 * it sees all processes that may work in it: locks that killed ones left behind are then removed.
 */
public record PackageRoot(
    RootKind kind,
    String name,
    List<String> options,
    Duration timeout,
    Function<CommandBuilder, CommandResult> launcher,
    Optional<Path> files) {
  private static final int OUTPUT_LIMIT = 16 << 20;

  public PackageRoot {
    options = List.copyOf(options);
  }

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
