package io.overc.docker.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 over texts, each of which ends in a zero byte, and files. */
public final class Digest {
  private final MessageDigest digest = sha256();

  /** Begins a digest of nothing. */
  public Digest() {}

  /**
   * Computes the digest of texts.
   *
   * @param parts the texts, in order
   * @return 64 hexadecimal digits
   */
  public static String of(String... parts) {
    Digest digest = new Digest();
    for (String part : parts) {
      digest.add(part);
    }
    return digest.hex();
  }

  /**
   * Adds a text.
   *
   * @param text the text
   */
  public void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /**
   * Adds what is in a file.
   *
   * @param file the file
   * @throws IOException if it cannot be read
   */
  public void addContents(Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /**
   * Returns the digest; the next one begins anew.
   *
   * @return 64 hexadecimal digits
   */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
