package io.overc.examples.quickstart;

import io.overc.examples.console.Console;
import io.overc.examples.console.Exit;
import io.overc.examples.console.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the command {@code quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Show OverC at work. As root: a host upgrade and the way back, on a disk in a file.",
      "As an ordinary user: snapshots of a directory, embedded in a program."
    })
public final class Quickstart implements Callable<Integer> {
  private final Console console;

  @Option(names = "--embedded", description = "Tell the story of the ordinary user, as root too.")
  private boolean embedded;

  Quickstart(Console console) {
    this.console = console;
  }

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(Program.of(Quickstart.class).run(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (embedded || !isRoot()) {
      new EmbeddedStory(console.out()).tell();
    } else {
      new HostStory(console).tell();
    }
    return Exit.DONE;
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }
}
