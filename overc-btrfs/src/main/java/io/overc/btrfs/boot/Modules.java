package io.overc.btrfs.boot;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a root carry the modules of one kernel more than its own.
 *
 * <p>The kernel is on one file system and the default subvolume on another: no single write
 * switches both. So the root that becomes the default carries the modules of the kernel that is
 * still in place, and whichever of the two writes a power cut leaves behind, kernel and root belong
 * together. What is carried is marked, and dropped from the next root.
 */
public final class Modules {
  private static final String MARK = ".overc-carried";

  private final SideEffects effects;
  private final Function<CommandBuilder, CommandResult> runner;

  /**
   * Prepares to copy.
   *
   * @param effects the fault-injection point
   * @param runner runs {@code cp}
   */
  public Modules(SideEffects effects, Function<CommandBuilder, CommandResult> runner) {
    this.effects = effects;
    this.runner = runner;
  }

  /**
   * Copies the modules of every kernel that one root has and another lacks; data is shared where
   * the file system can.
   *
   * @param from the root that has them; as this process and as the runner see it
   * @param to the root that lacks them
   * @throws IOException if something cannot be read or written
   */
  public void carry(View from, View to) throws IOException {
    for (Path kernel : kernels(from.files())) {
      Path relative = from.files().relativize(kernel);
      Path directory = modules(to.files());
      Path target = directory.resolve(String.valueOf(kernel.getFileName()));
      if (!Files.exists(kernel.resolve(MARK)) && !isComplete(kernel, target)) {
        Path seen = to.seen().resolve(to.files().relativize(directory).toString());
        effects.run(
            "carry modules " + kernel.getFileName(),
            () -> {
              Files.createDirectories(directory);
              if (Files.exists(target)) {
                delete(target);
              }
              runner
                  .apply(
                      Command.of("cp", "-a", "--reflink=auto")
                          .argument(from.seen().resolve(relative.toString()))
                          .argument(seen.resolve(String.valueOf(kernel.getFileName()))))
                  .orThrow("carry the modules of " + kernel.getFileName());
              Files.createFile(target.resolve(MARK));
            });
      }
    }
  }

  /**
   * Removes from a root what was carried into the one it is a copy of.
   *
   * @param root the root
   * @throws IOException if something cannot be removed
   */
  public void dropCarried(View root) throws IOException {
    for (Path kernel : kernels(root.files())) {
      if (Files.exists(kernel.resolve(MARK))) {
        effects.run("drop modules " + kernel.getFileName(), () -> delete(kernel));
      }
    }
  }

  /** A removed package leaves what it did not bring, such as modules.dep: that is not complete. */
  private static boolean isComplete(Path kernel, Path copy) throws IOException {
    try (Stream<Path> entries = Files.list(kernel)) {
      return entries.allMatch(entry -> Files.exists(copy.resolve(kernel.relativize(entry))));
    }
  }

  private static List<Path> kernels(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Path directory = modules(root);
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(directory, Files::isDirectory)) {
        entries.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  /** Finds lib/modules without following an absolute link out of the root. */
  private static Path modules(Path root) {
    return Stream.of("lib", "usr/lib")
        .map(root::resolve)
        .filter(lib -> Files.isDirectory(lib) && !Files.isSymbolicLink(lib))
        .map(lib -> lib.resolve("modules"))
        .reduce((first, second) -> Files.isDirectory(first) ? first : second)
        .orElse(root.resolve("lib/modules"));
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * A root, seen from two sides.
   *
   * @param files where this process finds it
   * @param seen where tools find it
   */
  public record View(Path files, Path seen) {}
}
