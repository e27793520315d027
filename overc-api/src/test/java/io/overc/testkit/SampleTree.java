package io.overc.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small tree with what is easily lost in a copy, and the description of a tree by which two can
 * be compared: types, modes, owners, times, contents, targets of links, names of the same file.
 */
public final class SampleTree {
  private static final FileTime OLD = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  private SampleTree() {}

  /**
   * Makes the tree in a directory.
   *
   * @param root a directory
   * @throws IOException if that fails
   */
  public static void make(Path root) throws IOException {
    Path nested = Files.createDirectories(root.resolve("a b/-n/deep"));
    Files.createDirectory(root.resolve("empty"));
    Files.createFile(root.resolve("nothing in it"));
    Path script = file(root.resolve("script"), "#!/bin/sh\n", "rwxr-x--x");
    file(root.resolve("secret"), "hush", "rw-------");
    Path old = file(nested.resolve("old"), "old ".repeat(3000), "r--r-----");
    Files.createLink(root.resolve("old-too"), old);
    Files.createSymbolicLink(root.resolve("to-script"), script.getFileName());
    Files.createSymbolicLink(root.resolve("to-directory"), root.getFileSystem().getPath("a b"));
    Files.createSymbolicLink(root.resolve("dangling"), root.getFileSystem().getPath("../no where"));
    Files.setLastModifiedTime(script, OLD);
    Files.setLastModifiedTime(old, OLD);
    Files.setPosixFilePermissions(nested, PosixFilePermissions.fromString("r-xr-x--x"));
    Files.setLastModifiedTime(nested, OLD);
    Files.setLastModifiedTime(root.resolve("empty"), OLD);
  }

  /**
   * Changes what {@link #make} made in every way.
   *
   * @param root the directory
   * @throws IOException if that fails
   */
  public static void change(Path root) throws IOException {
    Path nested = root.resolve("a b/-n/deep");
    Files.setPosixFilePermissions(nested, PosixFilePermissions.fromString("rwx------"));
    Files.delete(root.resolve("old-too"));
    Files.delete(root.resolve("empty"));
    Files.delete(root.resolve("to-script"));
    file(root.resolve("to-script"), "a file now", "rw-r--r--");
    Files.createDirectories(root.resolve("added/and/more"));
    file(nested.resolve("added"), "added", "rw-r--r--");
    Files.setPosixFilePermissions(
        root.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(root.resolve("script"), "changed in place");
    Files.setLastModifiedTime(root.resolve("nothing in it"), OLD);
  }

  private static Path file(Path file, String content, String mode) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  /**
   * Describes a tree.
   *
   * @param root a directory
   * @return what each relative path is, in the order of paths
   * @throws IOException if it cannot be read
   */
  public static SortedMap<String, String> describe(Path root) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    Map<Object, String> first = new HashMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes is)
              throws IOException {
            tree.put(root.relativize(path).toString(), describe(path, is));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes is) throws IOException {
            String name = root.relativize(path).toString();
            Object key = is.fileKey();
            String same = key == null ? null : first.putIfAbsent(key, name);
            tree.put(name, describe(path, is) + (same == null ? "" : ", the same as " + same));
            return FileVisitResult.CONTINUE;
          }
        });
    return tree;
  }

  private static String describe(Path path, BasicFileAttributes is) throws IOException {
    if (is.isSymbolicLink()) {
      return "link to " + Files.readSymbolicLink(path);
    }
    PosixFileAttributes posix =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String common =
        "%s %s:%s of %s"
            .formatted(
                PosixFilePermissions.toString(posix.permissions()),
                posix.owner().getName(),
                posix.group().getName(),
                is.lastModifiedTime());
    return is.isDirectory()
        ? "directory " + common
        : "file " + common + ": " + Files.readString(path);
  }
}
