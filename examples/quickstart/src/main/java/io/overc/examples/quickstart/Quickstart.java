package io.overc.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Tells the story of a host upgrade to root, the embedded story to anyone else. */
public final class Quickstart {
  private static final String EMBEDDED = "--embedded";
  private static final int USAGE = 2;

  private Quickstart() {}

  /**
   * Tells a story. Exits with 0 if it went as told.
   *
   * @param arguments {@code --embedded} for the embedded story although this is root
   */
  public static void main(String[] arguments) {
    System.exit(run(Set.of(arguments)));
  }

  private static int run(Set<String> arguments) {
    if (!Set.of(EMBEDDED).containsAll(arguments)) {
      System.err.println("quickstart: the only argument is " + EMBEDDED);
      return USAGE;
    }
    Narrator narrator = new Narrator(System.out);
    try {
      if (arguments.contains(EMBEDDED) || !isRoot()) {
        new EmbeddedStory(narrator).tell();
      } else {
        new HostStory(narrator).tell();
      }
      narrator.end();
      return 0;
    } catch (IOException | RuntimeException e) {
      boolean stopped = Thread.currentThread().isInterrupted();
      System.err.println("quickstart: " + (stopped ? "stopped, and cleaned up" : e.getMessage()));
      return 1;
    }
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }
}
