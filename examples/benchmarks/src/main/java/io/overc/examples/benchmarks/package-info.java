/**
 * Measures what OverC costs beside the bare tools: medians of both in the same run, never a time
 * alone, since only the ratio means something on another machine.
 *
 * <p>A new benchmark implements {@link io.overc.examples.benchmarks.Benchmark} and gets a line in
 * {@link io.overc.examples.benchmarks.Benchmarks#ALL}. It measures whole processes and long actions
 * with {@link io.overc.examples.benchmarks.Duel}, and what takes microseconds with JMH as {@link
 * io.overc.examples.benchmarks.CommandBenchmark} does.
 */
@NullMarked
package io.overc.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
