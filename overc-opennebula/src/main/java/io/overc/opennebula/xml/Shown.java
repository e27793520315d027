package io.overc.opennebula.xml;

/** Shortens what a server, a list or an image says, so that it can stand in a message. */
public final class Shown {
  private static final int LONGEST = 500;

  private Shown() {}

  /**
   * Returns a text that cannot begin a line of its own, nor fill a log.
   *
   * @param foreign any text
   * @return its first 500 characters, control characters and blanks replaced by single blanks
   */
  public static String text(String foreign) {
    String start = foreign.length() > LONGEST ? foreign.substring(0, LONGEST) + "…" : foreign;
    return start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
