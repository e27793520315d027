package io.overc.exec;

/** Keeps the beginning and the end of a text that may be endless; its characters are bytes. */
final class HeadAndTail {
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
