package io.overc.docker.engine;

import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 over texts, each of which ends in a zero byte, and files. */
public final class Digest {
  private final MessageDigest digest;

  private Digest(MessageDigest digest) {
    this.digest = digest;
  }

  public Digest() {
    this(algorithm("SHA-256"));
  }

  public static Digest named(String algorithm) {
    return new Digest(algorithm(algorithm));
  }

  /** Computes the digest of texts, in order, as 64 hexadecimal digits. */
  public static String of(String... parts) {
    Digest digest = new Digest();
    for (String part : parts) {
      digest.add(part);
    }
    return digest.hex();
  }

  public void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  public void addContents(Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        Cancellation.check("reading " + file);
        digest.update(buffer, 0, n);
      }
    }
  }

  /** Returns a stream that adds what is read from it. */
  InputStream reading(InputStream in) {
    return new DigestInputStream(in, digest);
  }

  /** Returns the digest as 64 hexadecimal digits; the next one begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-2", e);
    }
  }
}
