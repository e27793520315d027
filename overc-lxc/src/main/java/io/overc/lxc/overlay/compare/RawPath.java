package io.overc.lxc.overlay.compare;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Turns paths into the bytes that the kernel knows and back, whatever the locale of this JVM can
 * say. A file URI carries raw bytes both ways; the string of a path does not.
 */
final class RawPath {
  private RawPath() {}

  /** Returns the bytes of the absolute path. */
  static byte[] bytes(Path path) {
    String escaped = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    byte[] raw = bytes.toByteArray();
    // A URI ends with a slash where a directory is, or a link to one, which it would then follow.
    return raw.length > 1 && raw[raw.length - 1] == '/' ? Arrays.copyOf(raw, raw.length - 1) : raw;
  }

  /** Returns the path of an entry of a directory. */
  static Path resolve(Path directory, byte[] name) {
    return isAscii(name)
        ? directory.resolve(new String(name, StandardCharsets.US_ASCII))
        : directory.resolve(relative(name));
  }

  /** Returns the relative path of these bytes; no bytes are the empty path. */
  static Path relative(byte[] bytes) {
    if (isAscii(bytes)) {
      return Path.of(new String(bytes, StandardCharsets.US_ASCII));
    }
    StringBuilder escaped = new StringBuilder(bytes.length * 3 + 8).append("file:///");
    for (byte each : bytes) {
      if (each == '/') {
        escaped.append('/');
      } else {
        escaped.append('%');
        escaped.append(Character.forDigit(each >> 4 & 15, 16));
        escaped.append(Character.forDigit(each & 15, 16));
      }
    }
    Path absolute = Path.of(URI.create(escaped.toString()));
    return absolute.subpath(0, absolute.getNameCount());
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }
}
