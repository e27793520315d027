package io.overc.docker;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for secrets in everything that an image consists of. */
final class SecretSearch {
  private SecretSearch() {}

  /**
   * Unpacks an archive of {@code docker save} with all its layers, and returns what holds a text.
   */
  static Set<String> inSavedImage(Path archive, Path directory, List<String> secrets)
      throws IOException {
    unpack(archive, directory);
    List<Path> layers;
    try (Stream<Path> files = Files.walk(directory)) {
      layers =
          files.filter(file -> file.endsWith("layer.tar")).filter(Files::isRegularFile).toList();
    }
    if (layers.isEmpty()) {
      throw new IllegalStateException("docker save wrote no layers in " + directory);
    }
    Set<String> found = new TreeSet<>();
    for (Path layer : layers) {
      Path contents = layer.resolveSibling("contents");
      unpack(layer, contents);
      found.addAll(in(contents, contents, secrets));
      delete(contents);
      Files.delete(layer);
    }
    found.addAll(in(directory, directory, secrets));
    return found;
  }

  private static Set<String> in(Path tree, Path root, List<String> secrets) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (secrets.stream().anyMatch(content::contains)) {
          found.add(root.relativize(file).toString());
        }
      }
    }
    return found;
  }

  /** Returns the command line of every process there is now. */
  static List<String> commandLines() {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.toList()) {
        try {
          lines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          // It has ended, or is no process.
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }

  private static void unpack(Path archive, Path directory) throws IOException {
    Files.createDirectories(directory);
    CommandRunner.system()
        .run(
            Command.of("tar", "--no-same-owner", "-xf", archive.toString())
                .arguments("-C", directory.toString(), "--exclude=dev/*")
                .build())
        .orThrow("unpack " + archive);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
