package io.overc.spi;

import java.time.Duration;
import java.util.List;

/**
 * When a container that was started counts as ready: it keeps running for the settle time, then a
 * command inside it succeeds within the timeout.
 *
 * <p>Defaults: settle time 1 s, no command, timeout 60 s, looked at every 200 ms. Immutable.
 */
public final class Readiness {
  private final Duration settle;
  private final List<String> command;
  private final Duration timeout;
  private final Duration interval;

  private Readiness(Builder builder) {
    this.settle = builder.settle;
    this.command = builder.command;
    this.timeout = builder.timeout;
    this.interval = builder.interval;
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return how long a container is watched before it counts as ready} */
  public Duration settle() {
    return settle;
  }

  /** {@return the command that must succeed inside; empty for none} */
  public List<String> command() {
    return command;
  }

  /** {@return how long the command may take to succeed, from the start on} */
  public Duration timeout() {
    return timeout;
  }

  /** {@return the pause between two looks} */
  public Duration interval() {
    return interval;
  }

  /** Builds {@link Readiness}. Not thread-safe. */
  public static final class Builder {
    private Duration settle = Duration.ofSeconds(1);
    private List<String> command = List.of();
    private Duration timeout = Duration.ofSeconds(60);
    private Duration interval = Duration.ofMillis(200);

    private Builder() {}

    /**
     * Sets how long a container is watched.
     *
     * @param value may be zero
     * @return this
     */
    public Builder settle(Duration value) {
      settle = value;
      return this;
    }

    /**
     * Sets what must succeed inside.
     *
     * @param value the command; empty for none
     * @return this
     */
    public Builder command(List<String> value) {
      command = List.copyOf(value);
      return this;
    }

    /**
     * Limits how long the command may take to succeed.
     *
     * @param value the timeout
     * @return this
     */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * Sets the pause between two looks: long where a look costs a process.
     *
     * @param value the interval
     * @return this
     */
    public Builder interval(Duration value) {
      interval = value;
      return this;
    }

    /** {@return the new description} */
    public Readiness build() {
      return new Readiness(this);
    }
  }
}
