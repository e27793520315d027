package io.overc.examples.benchmarks;

import io.overc.event.Operation;
import java.util.List;

/** Measures one part of OverC beside its peers. */
interface Benchmark {

  /** Returns the name by which it is chosen on the command line. */
  String name();

  /** Returns what is measured beside what, in one line. */
  String summary();

  /**
   * Measures; leaves nothing behind, even when it fails.
   *
   * @param operation reports each part as a step
   * @return one result for each goal
   * @throws Exception whatever goes wrong; nothing is reported then
   */
  List<Result> run(Operation operation) throws Exception;
}
