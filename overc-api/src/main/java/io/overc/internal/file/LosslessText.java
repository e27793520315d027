package io.overc.internal.file;

import io.overc.internal.linux.RawPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Text that is UTF-8 as a rule, read and written so that bytes that are none come out as they went
 * in: such a byte becomes a character of its own, U+DC80 to U+DCFF, which no UTF-8 has. For files
 * of which we rewrite a part, such as the config of a container.
 */
public final class LosslessText {
  private static final char FIRST = '\udc80';
  private static final char LAST = '\udcff';
  private static final char REPLACEMENT = '\ufffd';
  private static final int OFFSET = 0xdc00;

  private LosslessText() {}

  public static String decode(byte[] bytes) {
    String usual = new String(bytes, StandardCharsets.UTF_8);
    if (usual.indexOf(REPLACEMENT) < 0) {
      return usual;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (OFFSET + (in.get() & 0xff)));
      }
    }
  }

  public static byte[] encode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= FIRST && c <= LAST && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        bytes.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
        bytes.write(c & 0xff);
        start = i + 1;
      }
    }
    bytes.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /**
   * Returns the lines of a text; only a line feed ends one, so that joined they are the same text.
   */
  public static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return Arrays.asList(whole.split("\n", -1));
  }

  /** Returns the path that a text names, in any locale. */
  public static Path path(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPathException(text, "a path has no zero in it");
    }
    return RawPath.of(encode(text));
  }

  /** Returns the text of a path, in any locale. */
  public static String of(Path path) {
    return decode(RawPath.bytes(path));
  }
}
