package io.overc.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.Program;
import io.overc.examples.console.testkit.RecordedTerminal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BenchmarksTest {
  private final RecordedTerminal recorded = new RecordedTerminal();
  private final Program program = Program.of(Benchmarks.class).on(recorded.piped());

  @Test
  @DisplayName("--list names every benchmark once")
  void list() {
    assertThat(program.run("--list")).isZero();
    assertThat(recorded.out().lines()).hasSameSizeAs(Benchmarks.ALL);
    assertThat(Benchmarks.ALL).extracting(Benchmark::name).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("an unknown name is usage, and the known ones are named")
  void unknownName() {
    assertThat(program.run("nonsense")).isEqualTo(2);
    assertThat(recorded.err()).contains("nonsense").contains("command");
  }

  @Test
  @DisplayName("each turn changes who begins, warm-ups do not count, medians do")
  void duel() throws Exception {
    StringBuilder order = new StringBuilder();
    long[] times = {1000, 1, 3, 2};
    int[] turn = {0};
    Duel.Medians medians =
        new Duel(1, 3)
            .run(
                () -> {
                  order.append('o');
                  return times[turn[0]++];
                },
                () -> {
                  order.append('p');
                  return 10;
                });
    assertThat(order).hasToString("oppoopp".concat("o"));
    assertThat(medians).isEqualTo(new Duel.Medians(2, 10));
    assertThat(Duel.median(List.of(4L, 1L, 2L, 3L))).isEqualTo(2.5);
  }

  @Test
  @DisplayName("a goal is met up to its limit and missed beyond")
  void verdicts() {
    assertThat(Result.ratio("x", 1.3e6, "tool", 1e6, 1.3).met()).isTrue();
    assertThat(Result.ratio("x", 1.31e6, "tool", 1e6, 1.3).verdict()).isEqualTo("MISSED");
    assertThat(Result.count("x", 15, "processes", 15).met()).isTrue();
    assertThat(Result.count("x", 16, "processes", 15).met()).isFalse();
    assertThat(Result.ratio("x", 2.5e9, "tool", 4.2e3, 2))
        .extracting(Result::ours, Result::peer)
        .containsExactly("2.50 s", "tool 4.2 us");
  }
}
