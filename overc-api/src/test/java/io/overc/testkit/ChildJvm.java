package io.overc.testkit;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own, which a fault may then kill. */
public final class ChildJvm {
  /** What {@link io.overc.exec.CommandResult#exitCode()} is when SIGKILL ended the JVM. */
  public static final int KILLED = 128 + 9;

  private ChildJvm() {}

  /**
   * Begins the command that starts a JVM with the class path of this one, made to start quickly.
   *
   * @param main the class whose {@code main} runs
   * @param arguments its arguments
   * @return a builder
   */
  public static CommandBuilder of(Class<?> main, String... arguments) {
    return withHeap(256, main, arguments);
  }

  /**
   * Begins the same command with a limit of the heap.
   *
   * @param megabytes the limit
   * @param main the class whose {@code main} runs
   * @param arguments its arguments
   * @return a builder
   */
  public static CommandBuilder withHeap(int megabytes, Class<?> main, String... arguments) {
    // What a shell starts in the background ignores SIGINT, and so does all that it starts.
    return Command.of("env")
        .arguments("--default-signal=INT,TERM")
        .arguments(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .arguments("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
        .arguments("-Xmx" + megabytes + "m")
        .arguments("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        .arguments("-cp", System.getProperty("java.class.path"), main.getName())
        .arguments(List.of(arguments))
        // The child must read and write file names as this JVM does.
        .environment("LC_ALL", "C.UTF-8")
        .timeout(Duration.ofMinutes(2));
  }
}
