package io.overc.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds source files that are too long to be read in one go. */
final class SourceLength {
  private SourceLength() {}

  static List<String> beyond(int limit, Path sources) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > limit) {
          found.add(file + " has " + lines + " lines");
        }
      }
    }
    return found;
  }
}
