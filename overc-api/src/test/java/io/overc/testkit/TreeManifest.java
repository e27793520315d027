package io.overc.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a tree of files holds: names, types, modes, contents and targets of links. */
public final class TreeManifest {
  private TreeManifest() {}

  /**
   * Describes a tree.
   *
   * @param root its directory
   * @return a line for each file, by its path below the root
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> of(Path root) throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        manifest.put(root.relativize(file).toString(), line(file));
      }
    }
    return manifest;
  }

  private static String line(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "link to " + Files.readSymbolicLink(file);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    return Files.isDirectory(file)
        ? "directory " + mode
        : "file " + mode + " " + Files.readString(file);
  }

  /**
   * Writes files of many kinds into a directory.
   *
   * @param root the directory
   * @throws IOException if that fails
   */
  public static void fill(Path root) throws IOException {
    Path directory = Files.createDirectories(root.resolve("kit/deep/deeper"));
    Files.writeString(directory.resolve("file"), "content\n");
    Files.writeString(directory.resolve("empty"), "");
    Files.writeString(directory.resolve(" blank 'quote\" "), "a name with blanks");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("/no/such/file"));
    set(directory.resolve("file"), "rwxr-x---");
    set(directory.resolve("empty"), "r--------");
    set(directory, "rwx--x--x");
  }

  /**
   * Changes what {@link #fill} wrote in every way.
   *
   * @param root the directory
   * @throws IOException if that fails
   */
  public static void change(Path root) throws IOException {
    Path directory = root.resolve("kit/deep/deeper");
    Files.writeString(directory.resolve("file"), "other\n");
    set(directory.resolve("file"), "rw-------");
    Files.delete(directory.resolve("empty"));
    Files.delete(directory.resolve("link"));
    Files.writeString(directory.resolve("link"), "no link any more");
    Files.createDirectories(directory.resolve("added/below"));
    set(directory, "rwxrwxr-x");
  }

  private static void set(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
