package io.overc.event;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how an operation is run, whatever it does: who listens, and how long it may take.
 *
 * <p>Cancelling: interrupt the thread that called. The operation then ends what it started, puts
 * things back as they were before the call (a container that was running runs, one that was frozen
 * meanwhile is thawed), and throws {@link InterruptedOperationException} with the interrupt flag of
 * the thread set. Past its deadline it does the same and throws {@link DeadlineExceededException}.
 * What was past its point of no return is finished instead: the call then returns normally, or says
 * in the exception what is the case. Putting things back is not bounded by the deadline. When the
 * JVM is asked to end (SIGTERM, SIGINT, {@code System.exit}), running operations are cancelled in
 * this way and the JVM waits for them.
 *
 * <pre>{@code
 * driver.activate("web", WhenActive.STOP,
 *     OperationOptions.builder()
 *         .listener(event -> log.info("{}", event))
 *         .deadline(Duration.ofMinutes(10))
 *         .build());
 * }</pre>
 *
 * <p>Defaults: nobody listens, no deadline. Immutable, thread-safe.
 */
public final class OperationOptions {
  private static final OperationOptions DEFAULTS = builder().build();

  private final Listener listener;
  private final Optional<Duration> deadline;

  private OperationOptions(Builder builder) {
    this.listener = builder.listener;
    this.deadline = Optional.ofNullable(builder.deadline);
  }

  /** {@return options with nobody listening and no deadline} */
  public static OperationOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return options with a listener and no deadline}
   *
   * @param listener receives the events
   */
  public static OperationOptions of(Listener listener) {
    return builder().listener(listener).build();
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a new builder with these options} */
  public Builder toBuilder() {
    Builder builder = builder().listener(listener);
    deadline.ifPresent(builder::deadline);
    return builder;
  }

  /** {@return who listens} */
  public Listener listener() {
    return listener;
  }

  /** {@return how long the operation may take, from its call on; empty for no limit} */
  public Optional<Duration> deadline() {
    return deadline;
  }

  /**
   * {@return the same options with one more listener, which is told first}
   *
   * @param other receives the events too
   */
  public OperationOptions withListener(Listener other) {
    if (other == Listener.none()) {
      return this;
    }
    return toBuilder().listener(Listener.all(List.of(other, listener))).build();
  }

  /** Builds {@link OperationOptions}. Not thread-safe. */
  public static final class Builder {
    private Listener listener = Listener.none();
    private @Nullable Duration deadline;

    private Builder() {}

    /**
     * Sets who listens.
     *
     * @param value receives the events
     * @return this
     */
    public Builder listener(Listener value) {
      listener = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Limits how long the operation may take.
     *
     * @param value positive
     * @return this
     * @throws InvalidArgumentException if it is not positive
     */
    public Builder deadline(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new InvalidArgumentException(
            "Invalid deadline " + value + ": expected a positive one");
      }
      deadline = value;
      return this;
    }

    /** {@return the new options} */
    public OperationOptions build() {
      return new OperationOptions(this);
    }
  }
}
