package io.overc.docker;

import io.overc.error.OvercException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Computes what a pack holds as one number: SHA-256 over the paths, kinds, permissions and contents
 * of its files.
 */
final class PackDigest {
  private PackDigest() {}

  static String of(Path pack) {
    try (Stream<Path> tree = Files.walk(pack)) {
      MessageDigest digest = sha256();
      List<Path> files = tree.sorted().toList();
      for (Path file : files) {
        add(digest, pack.relativize(file).toString());
        addFile(digest, file);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new OvercException("Could not read the service pack " + pack + ": " + e, e);
    }
  }

  static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      add(digest, part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addFile(MessageDigest digest, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      add(digest, "link");
      add(digest, Files.readSymbolicLink(file).toString());
      return;
    }
    add(digest, Files.isDirectory(file) ? "directory" : "file");
    add(digest, Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS).toString());
    if (Files.isRegularFile(file)) {
      add(digest, String.valueOf(Files.size(file)));
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
