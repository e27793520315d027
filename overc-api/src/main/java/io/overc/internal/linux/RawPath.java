package io.overc.internal.linux;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Turns paths into the bytes that the kernel knows and back, whatever the locale of this JVM can
 * say. Names in other file systems, such as those in memory, are taken as UTF-8.
 */
public final class RawPath {
  // Below a file there is nothing, so that Path.toUri finds no directory to mark.
  private static final Path NOWHERE = Path.of("/dev/null");

  private static final String PREFIX = "/dev/null/";

  private RawPath() {}

  /** The bytes of a path, without an end; a relative path stays relative. */
  public static byte[] bytes(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    // A path of the JDK holds the raw bytes of its names, but only its URI gives them out: toString
    // replaces what the locale cannot decode.
    return isForeign(path) ? text.getBytes(StandardCharsets.UTF_8) : unescape(escaped(path));
  }

  public static byte[] terminated(Path path) {
    byte[] bytes = bytes(path);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  public static Path of(byte[] bytes) {
    if (isAscii(bytes)) {
      return Path.of(new String(bytes, StandardCharsets.US_ASCII));
    }
    // By an URI: Path.of(String) refuses what the locale cannot encode.
    boolean absolute = bytes[0] == '/';
    StringBuilder escaped = new StringBuilder(bytes.length * 3 + 8).append("file:///");
    for (byte each : bytes) {
      if (each != '/') {
        escape(each, escaped);
      } else if (escaped.charAt(escaped.length() - 1) != '/') {
        escaped.append('/');
      }
    }
    Path path = Path.of(URI.create(escaped.toString()));
    return absolute ? path : path.subpath(0, path.getNameCount());
  }

  public static Path resolve(Path directory, byte[] name) {
    if (isAscii(name)) {
      return directory.resolve(new String(name, StandardCharsets.US_ASCII));
    }
    return isForeign(directory)
        ? directory.resolve(new String(name, StandardCharsets.UTF_8))
        : directory.resolve(of(name));
  }

  /** Writes a path in ASCII: percent-encoded, as URIs have it. */
  public static String encode(Path path) {
    return escaped(path);
  }

  /** Reads what {@link #encode} wrote. */
  public static Path decode(String text) {
    return of(unescape(text));
  }

  /** Writes a path for people: as it is if it is printable UTF-8, otherwise percent-encoded. */
  public static String shown(Path path) {
    String text = new String(bytes(path), StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 || text.chars().anyMatch(Character::isISOControl)
        ? escaped(path)
        : text;
  }

  private static boolean isForeign(Path path) {
    return path.getFileSystem() != FileSystems.getDefault();
  }

  private static String escaped(Path path) {
    String text = path.toString();
    if (text.isEmpty() || text.equals("/")) {
      return text;
    }
    Path names = path.subpath(0, path.getNameCount());
    Path here = isForeign(path) ? of(names.toString().getBytes(StandardCharsets.UTF_8)) : names;
    String escaped = NOWHERE.resolve(here).toUri().getRawPath().substring(PREFIX.length());
    return path.isAbsolute() ? "/" + escaped : escaped;
  }

  private static byte[] unescape(String escaped) {
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
    return bytes.toByteArray();
  }

  private static void escape(byte each, StringBuilder into) {
    into.append('%');
    into.append(Character.forDigit(each >> 4 & 15, 16));
    into.append(Character.forDigit(each & 15, 16));
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
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
