package io.overc.exec;

import io.overc.error.OvercException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses arguments that Java would hand over with question marks in them: in the locale C it
 * encodes them as ASCII, and a tool would work on another name than the one that was meant.
 */
final class Encoding {
  private Encoding() {}

  static void check(Command command) {
    CharsetEncoder encoder = charset().newEncoder();
    List<String> texts = new ArrayList<>(command.arguments());
    texts.addAll(command.environment().values());
    for (String text : texts) {
      if (!encoder.canEncode(text)) {
        throw new OvercException(
            "Could not run "
                + command
                + ": this Java encodes arguments as "
                + charset()
                + ", which cannot express them; start it in a UTF-8 locale, for example"
                + " LC_ALL=C.UTF-8");
      }
    }
  }

  // JDK 17 encodes arguments in the default charset, later ones in that of the locale.
  private static Charset charset() {
    String locale = System.getProperty("sun.jnu.encoding", "");
    return Runtime.version().feature() < 18 || !Charset.isSupported(locale)
        ? Charset.defaultCharset()
        : Charset.forName(locale);
  }
}
