package io.overc.examples.console;

/** The exit codes that all programs share. */
public final class Exit {
  /** What was asked is done. */
  public static final int DONE = 0;

  /** What was asked failed. */
  public static final int FAILED = 1;

  /** The arguments or the configuration cannot be used; nothing was attempted. */
  public static final int USAGE = 2;

  /** A guard refused before anything was touched. */
  public static final int REFUSED = 3;

  private Exit() {}
}
