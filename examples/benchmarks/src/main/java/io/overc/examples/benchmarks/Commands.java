package io.overc.examples.benchmarks;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link CommandBenchmark} lets JMH measure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Commands {
  private final CommandRunner runner = CommandRunner.system();
  private final Command command = Command.of("true").build();

  /**
   * Runs a command as OverC does.
   *
   * @return its exit code
   */
  @Benchmark
  public int overc() {
    return runner.run(command).exitCode();
  }

  /**
   * Runs a command as one would by hand, both outputs read.
   *
   * @return its exit code
   * @throws IOException if it cannot be started
   * @throws InterruptedException if this thread is interrupted
   */
  @Benchmark
  public int processBuilder() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    process.getErrorStream().readAllBytes();
    return process.waitFor();
  }
}
