package io.overc.exec;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Receives one output stream of a tool: divides it into lines, replaces secrets, tells the lines
 * and keeps head and tail.
 *
 * <p>Secrets are matched on bytes (as ISO-8859-1 characters), so that output in no valid encoding
 * is redacted too.
 */
final class LineOutput extends OutputStream {
  private static final int LONGEST_LINE = 1 << 16;

  private final Redaction redaction;
  private final Consumer<String> lines;
  private final HeadAndTail kept;
  private final StringBuilder line = new StringBuilder();
  private boolean ended;

  LineOutput(Command command, Consumer<String> lines) {
    this.redaction =
        Redaction.of(command.secrets().stream().map(LineOutput::bytesAsCharacters).toList());
    this.lines = lines;
    this.kept = new HeadAndTail(command.outputLimit());
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (ended) {
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        emit(line.length(), "\n");
      } else {
        line.append((char) (bytes[i] & 0xff));
        if (line.length() >= LONGEST_LINE + redaction.longest()) {
          emitPart();
        }
      }
    }
  }

  /** Takes what came after the last line end as a line; what comes later is ignored. */
  synchronized void end() {
    ended = true;
    if (!line.isEmpty()) {
      emit(line.length(), "");
    }
  }

  synchronized String text() {
    return decode(kept.text());
  }

  // Emits the head of an endless line, but not the part in which a secret may have begun.
  private void emitPart() {
    String safe = redaction.apply(line.toString());
    line.setLength(0);
    line.append(safe);
    emit(Math.max(1, line.length() - Math.max(0, redaction.longest() - 1)), "");
  }

  private void emit(int length, String end) {
    String text = redaction.apply(line.substring(0, length));
    line.delete(0, length);
    kept.add(text + end);
    lines.accept(decode(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
  }

  private static String bytesAsCharacters(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String decode(String characters) {
    return new String(characters.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Keeps the beginning and the end of a text that may be endless; its characters are bytes. */
  private static final class HeadAndTail {
    private final int half;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private long dropped;

    HeadAndTail(int limit) {
      this.half = Math.max(1, limit / 2);
    }

    void add(String text) {
      int room = Math.min(half - head.length(), text.length());
      head.append(text, 0, room);
      tail.append(text, room, text.length());
      if (tail.length() > 2 * half) {
        shorten();
      }
    }

    String text() {
      shorten();
      return dropped == 0
          ? head.toString() + tail
          : head + "\n[... " + dropped + " bytes left out ...]\n" + tail;
    }

    private void shorten() {
      int excess = tail.length() - half;
      if (excess > 0) {
        dropped += excess;
        tail.delete(0, excess);
      }
    }
  }
}
