package io.overc.examples.benchmarks;

import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.examples.console.Console;
import io.overc.examples.console.Exit;
import io.overc.examples.console.Program;
import io.overc.examples.console.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the command {@code benchmarks}. */
@Command(
    name = "benchmarks",
    description = "Measure what OverC costs beside the bare tools; exit 1 if a goal is missed.")
public final class Benchmarks implements Callable<Integer> {
  /** All there are, in the order in which they run. */
  static final List<Benchmark> ALL =
      List.of(
          new CommandBenchmark(),
          new HostUpgradeBenchmark(),
          new SnapshotListBenchmark(),
          new ContainerBenchmark(),
          new OverlayBenchmark(),
          new ServicePackBenchmark(),
          new ImageEventBenchmark());

  private static final OperationKind KIND = new OperationKind("benchmark");

  private final Console console;

  @Option(names = "--list", description = "Show what there is to measure, and measure nothing.")
  private boolean list;

  @Parameters(paramLabel = "NAME", description = "What to measure; all if none is named.")
  private List<String> names = new ArrayList<>();

  Benchmarks(Console console) {
    this.console = console;
  }

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(Program.of(Benchmarks.class).run(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> chosen = chosen();
    if (list) {
      List<Description> all =
          chosen.stream().map(each -> new Description(each.name(), each.summary())).toList();
      return console.show(all, out -> print(all, out));
    }
    List<Result> results = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      results.addAll(
          Operation.run(
              console.call(), KIND, benchmark.name(), operation -> measured(benchmark, operation)));
    }
    console.show(results, out -> table(results, out));
    return results.stream().allMatch(Result::met) ? Exit.DONE : Exit.FAILED;
  }

  private static List<Result> measured(Benchmark benchmark, Operation operation)
      throws IOException {
    try {
      return benchmark.run(operation);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Benchmark> chosen() {
    List<String> known = ALL.stream().map(Benchmark::name).toList();
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no benchmark " + String.join(", ", unknown) + "; there are " + known);
    }
    return ALL.stream().filter(each -> names.isEmpty() || names.contains(each.name())).toList();
  }

  private static void print(List<Description> all, PrintStream out) {
    Table table = new Table();
    all.forEach(each -> table.row(each.name(), each.summary()));
    table.print(out, "");
  }

  private static void table(List<Result> results, PrintStream out) {
    Table table = new Table().row("what", "OverC", "peer", "measured", "goal", "verdict");
    for (Result result : results) {
      boolean ratio = !result.peer().isEmpty();
      table.row(
          result.what(),
          result.ours(),
          result.peer(),
          number(result.measured(), ratio),
          "<= " + number(result.goal(), ratio),
          result.verdict());
    }
    table.print(out, "");
  }

  private static String number(double value, boolean ratio) {
    String pattern = value < 0.1 ? "%.3f x" : "%.2f x";
    return String.format(Locale.ROOT, ratio ? pattern : "%.0f", value);
  }

  record Description(String name, String summary) {}
}
