package io.overc.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds what a process sees in a directory: for every path its type, mode, owner, content, link
 * target, device number, extended attributes and which other paths are the same file. Times are no
 * part of it.
 *
 * @param entries by path, in percent notation, since names are no text; the directory itself is
 *     {@code /}
 */
public record TreeDigest(Map<String, String> entries) {
  /**
   * Looks at a directory, itself included.
   *
   * @param directory which
   * @return what is there
   * @throws IOException if it cannot be read
   */
  public static TreeDigest of(Path directory) throws IOException {
    TreeMap<String, String> entries = new TreeMap<>();
    TreeMap<String, Path> paths = new TreeMap<>();
    collect(directory, "/", paths);
    Map<Object, String> first = new HashMap<>();
    for (Map.Entry<String, Path> entry : paths.entrySet()) {
      entries.put(entry.getKey(), describe(entry.getKey(), entry.getValue(), first));
    }
    return new TreeDigest(entries);
  }

  /**
   * Compares with a later view.
   *
   * @param later the other
   * @return one line for each path that differs; empty if the views are equal
   */
  public List<String> differences(TreeDigest later) {
    TreeMap<String, String> all = new TreeMap<>(entries);
    all.putAll(later.entries);
    return all.keySet().stream()
        .flatMap(
            path -> {
              String before = entries.getOrDefault(path, "nothing");
              String after = later.entries.getOrDefault(path, "nothing");
              return before.equals(after)
                  ? Stream.empty()
                  : Stream.of(path + ": was " + before + ", is " + after);
            })
        .toList();
  }

  private static void collect(Path path, String key, Map<String, Path> paths) throws IOException {
    paths.put(key, path);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          String uri = entry.toUri().getRawPath().replaceFirst("/$", "");
          collect(entry, key + uri.substring(uri.lastIndexOf('/') + 1) + "/", paths);
        }
      }
    }
  }

  private static String describe(String key, Path path, Map<Object, String> first)
      throws IOException {
    Map<String, Object> status =
        Files.readAttributes(
            path, "unix:mode,uid,gid,size,nlink,rdev,fileKey", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    String line =
        "%o %s:%s".formatted(mode, status.get("uid"), status.get("gid"))
            + " attributes "
            + Nodes.attributes(path);
    String same = first.computeIfAbsent(status.get("fileKey"), file -> key);
    return switch (mode & 0170000) {
      case 0040000 -> line;
      case 0100000 -> line + links(status, same) + " " + status.get("size") + " " + hash(path);
      case 0120000 -> line + links(status, same) + " to " + Nodes.target(path);
      default -> line + links(status, same) + " device " + status.get("rdev");
    };
  }

  private static String links(Map<String, Object> status, String same) {
    return " " + status.get("nlink") + " links as " + same;
  }

  private static String hash(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path);
        DigestInputStream in = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
