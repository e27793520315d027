package io.overc.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollTest {
  private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

  @Test
  @DisplayName("it looks until the condition holds")
  void holds() {
    AtomicInteger looks = new AtomicInteger();
    assertThat(
            Poll.until(
                () -> looks.incrementAndGet() == 3, Duration.ofMillis(1), Deadline.in(LONG), "it"))
        .isTrue();
    assertThat(looks).hasValue(3);
  }

  @Test
  @DisplayName("it looks once although the time is over, and never sleeps beyond the deadline")
  void over() {
    assertThat(Poll.until(() -> true, LONG, Deadline.in(Duration.ZERO), "it")).isTrue();
    assertThat(Poll.until(() -> false, LONG, Deadline.in(Duration.ofMillis(20)), "it")).isFalse();
    assertThat(Poll.until(() -> false, LONG, Deadline.in(Duration.ofDays(-1)), "it")).isFalse();
  }

  @Test
  @DisplayName("an interrupt ends the wait, and stays set")
  void interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Poll.until(() -> false, LONG, Deadline.in(LONG), "the disk"))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessage("Interrupted while waiting for the disk");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("the deadline of the operation ends the wait")
  void operation() {
    try (Cancellation scope = Cancellation.begin(Duration.ofMillis(20))) {
      assertThat(scope).isNotNull();
      assertThatThrownBy(() -> Poll.until(() -> false, LONG, Deadline.in(LONG), "the disk"))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessage("The deadline passed while waiting for the disk");
    }
  }

  @Test
  @DisplayName("huge times are centuries, negative ones are over")
  void deadline() {
    assertThat(Deadline.in(LONG).passed()).isFalse();
    assertThat(Deadline.in(LONG).remaining()).isGreaterThan(Duration.ofDays(365 * 50));
    assertThat(Deadline.in(LONG.negated()).passed()).isTrue();
    assertThat(Deadline.in(LONG.negated()).remaining()).isZero();
  }
}
