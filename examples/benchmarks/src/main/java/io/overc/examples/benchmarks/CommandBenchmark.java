package io.overc.examples.benchmarks;

import io.overc.event.Operation;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one command through {@code io.overc.exec} beside the bare ProcessBuilder. */
final class CommandBenchmark implements Benchmark {
  @Override
  public String name() {
    return "command";
  }

  @Override
  public String summary() {
    return "run 'true' and read its output: CommandRunner beside ProcessBuilder (JMH)";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    operation.step("run 'true' many times");
    Options options =
        new OptionsBuilder()
            .include(Commands.class.getName() + "\\..*")
            .forks(2)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    return List.of(
        Result.ratio(
            "one command",
            median(results, "overc"),
            "ProcessBuilder",
            median(results, "processBuilder"),
            1.1));
  }

  private static double median(Collection<RunResult> results, String method) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("JMH did not run " + method))
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }
}
