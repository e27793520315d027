package io.overc.opennebula.xml;

import io.overc.internal.linux.Printable;

/** Shortens what a server, a list or an image says, so that it can stand in a message. */
public final class Shown {
  private static final int LONGEST = 500;

  private Shown() {}

  /**
   * Returns the first 500 characters, on one line: they cannot fill a log or begin a line of it.
   */
  public static String text(String foreign) {
    String start = foreign.length() > LONGEST ? foreign.substring(0, LONGEST) + "…" : foreign;
    return Printable.line(start.replaceAll("\\s+", " ")).strip();
  }
}
