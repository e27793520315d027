package io.overc.event;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports one operation to a {@link Listener} in the order that {@link Event} promises; for
 * backends.
 *
 * <p>Use it in a try-with-resources statement and end it with {@link #succeeded}; an operation that
 * is closed without that is reported as failed. Thread-safe.
 */
public final class Operation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

  private final Listener listener;
  private final String name;
  private final String subject;
  private final int steps;
  private final long began = System.nanoTime();
  private int step;
  private @Nullable String title;
  private long stepBegan = began;
  private @Nullable String result;
  private String failure = "failed";
  private boolean closed;
  private boolean listenerFailed;

  private Operation(Listener listener, String name, String subject, int steps) {
    this.listener = listener;
    this.name = name;
    this.subject = subject;
    this.steps = steps;
  }

  /**
   * Reports that an operation begins.
   *
   * @param listener who wants to know
   * @param name what is being done, for example {@code host upgrade}
   * @param subject on what it is done
   * @param steps how many steps it will take at most
   * @return the operation, to be closed
   */
  public static Operation start(Listener listener, String name, String subject, int steps) {
    Operation operation = new Operation(listener, name, subject, steps);
    operation.begin();
    return operation;
  }

  /**
   * Reports that the running step, if any, is done and the next begins.
   *
   * @param next what the next step does
   */
  public synchronized void step(String next) {
    finishStep();
    step++;
    title = next;
    stepBegan = System.nanoTime();
    tell(new Event.StepStarted(name, step, Math.max(step, steps), next));
  }

  /**
   * Reports how far the running step has come; nothing where no step runs.
   *
   * @param unit what is counted
   * @param done how much is done
   * @param total how much there is, if known
   */
  public synchronized void progress(Event.Unit unit, long done, OptionalLong total) {
    if (title != null) {
      tell(new Event.Progressed(name, step, unit, done, total));
    }
  }

  /**
   * Reports a line that a tool printed.
   *
   * @param tool the name of the tool
   * @param line the line, without its end and without secrets
   */
  public synchronized void output(String tool, String line) {
    tell(new Event.Output(name, step, tool, line));
  }

  /**
   * Reports something a person should know although the work goes on.
   *
   * @param message what to know
   */
  public synchronized void warn(String message) {
    LOG.warn("{} of {}: {}", name, subject, message);
    tell(new Event.Warned(name, message));
  }

  /**
   * Reports that the running step is done and marks the operation as done; {@link #close} reports
   * that.
   *
   * @param message what came out
   */
  public synchronized void succeeded(String message) {
    finishStep();
    result = message;
  }

  /**
   * Says why the operation fails, even after {@link #succeeded}; {@link #close} reports it.
   *
   * @param cause why
   */
  public synchronized void failed(Throwable cause) {
    result = null;
    failure = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  /** Reports the end of the operation, once; what is reported later is dropped. */
  @Override
  public synchronized void close() {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String message = result;
    tell(new Event.Finished(name, message != null, message != null ? message : failure, took));
    closed = true;
  }

  private synchronized void begin() {
    tell(new Event.Started(name, subject, steps));
  }

  private void finishStep() {
    String done = title;
    if (done != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - stepBegan);
      tell(new Event.StepFinished(name, step, Math.max(step, steps), done, took));
      title = null;
    }
  }

  private void tell(Event event) {
    if (closed) {
      return;
    }
    try {
      listener.on(event);
    } catch (Throwable e) {
      // Whatever a listener throws, an upgrade that is half done must not stop for it.
      if (!listenerFailed) {
        LOG.warn("A listener of {} fails; logged once", name, e);
        listenerFailed = true;
      }
    }
  }
}
