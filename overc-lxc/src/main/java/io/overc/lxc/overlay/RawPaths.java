package io.overc.lxc.overlay;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes relative paths as text and reads them back without losing a byte. A path of the JDK holds
 * the raw bytes of a name, which only its URI gives out: {@link Path#toString} replaces what the
 * locale cannot decode.
 */
final class RawPaths {
  /** Below a file there is nothing, so that {@link Path#toUri} finds no directory to mark. */
  private static final Path NOWHERE = Path.of("/dev/null");

  private static final String PREFIX = "/dev/null/";

  private RawPaths() {}

  /** Returns a path in ASCII, percent-encoded. */
  static String encode(Path path) {
    if (path.toString().isEmpty()) {
      return "";
    }
    String text = NOWHERE.resolve(path).toUri().getRawPath();
    if (text.endsWith("/") && text.length() > 1) {
      text = text.substring(0, text.length() - 1); // A directory, or a link to one.
    }
    return path.isAbsolute() ? text : text.substring(PREFIX.length());
  }

  static Path decode(String text) {
    if (text.isEmpty()) {
      return Path.of("");
    }
    Path absolute = Path.of(URI.create("file://" + PREFIX + text));
    return absolute.subpath(2, absolute.getNameCount());
  }

  /** Returns the bytes of a path as the kernel has them, without an end. */
  static byte[] bytes(Path path) {
    String text = encode(path);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns a path for people: what is no printable UTF-8 is percent-encoded. */
  static String shown(Path path) {
    String text = new String(bytes(path), StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 || text.chars().anyMatch(Character::isISOControl)
        ? encode(path)
        : text;
  }
}
