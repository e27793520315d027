package io.overc.event;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.internal.file.IoErrors;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one operation and reports it: to its {@link Listener} in the order that {@link Event}
 * promises, as one line of the log, and as an event of the JDK's Flight Recorder ({@code
 * io.overc.Operation}). For backends.
 *
 * <pre>{@code
 * return Operation.run(options, OperationKind.SNAPSHOT_CREATE, subject, operation -> {
 *   operation.step("copy " + source);
 *   Snapshot made = copy(source);
 *   operation.result("made " + made.id());
 *   return made;
 * });
 * }</pre>
 *
 * <p>The body ends the operation: a normal return as succeeded, an exception as failed with that
 * exception. While it runs, the deadline of the options holds for everything that it calls in this
 * thread, and a JVM that ends interrupts it and waits for it; see {@link OperationOptions}.
 * Thread-safe.
 */
public final class Operation {
  private static final Logger LOG = LoggerFactory.getLogger(Operation.class);
  private static final AtomicLong IDS = new AtomicLong();

  private final Listener listener;
  private final OperationInfo info;
  private final long began = System.nanoTime();
  private int step;
  private @Nullable String title;
  private long stepBegan = began;
  private String result = "done";
  private boolean ended;
  private boolean listenerFailed;

  private Operation(Listener listener, OperationInfo info) {
    this.listener = listener;
    this.info = info;
  }

  /**
   * Runs an operation.
   *
   * @param options who listens, and how long it may take
   * @param kind what it does
   * @param subject on what, for example the name of a container
   * @param body does it
   * @param <T> its result
   * @return what the body returns
   * @throws OvercException what the body throws; an {@link IOException} of the body as an exception
   *     that names operation, file and reason
   */
  @SuppressWarnings("try") // both are held, not used
  public static <T> T run(
      OperationOptions options, OperationKind kind, String subject, Body<T> body) {
    Operation operation =
        new Operation(
            options.listener(),
            new OperationInfo(IDS.incrementAndGet(), kind, subject, OptionalLong.empty()));
    try (ExitGuard guard = ExitGuard.enter(operation.info);
        Cancellation scope = Cancellation.begin(options.deadline().orElse(null))) {
      return operation.run(body);
    }
  }

  /**
   * Runs a part of this operation as an operation of its own.
   *
   * @param kind what it does
   * @param subject on what
   * @param body does it
   * @param <T> its result
   * @return what the body returns
   * @throws OvercException as {@link #run}
   */
  public <T> T child(OperationKind kind, String subject, Body<T> body) {
    Listener outer =
        event -> {
          synchronized (this) {
            tell(event);
          }
        };
    return new Operation(
            outer,
            new OperationInfo(IDS.incrementAndGet(), kind, subject, OptionalLong.of(info.id())))
        .run(body);
  }

  /**
   * Does the work of an operation.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Body<T> {
    /**
     * Does the work.
     *
     * @param operation reports it
     * @return the result
     * @throws IOException if a file cannot be read or written
     */
    T run(Operation operation) throws IOException;
  }

  /** {@return which operation this is: what all its events carry} */
  public OperationInfo info() {
    return info;
  }

  /**
   * Reports that the running step, if any, is done and the next begins; a point where an interrupt
   * or the deadline cancels the operation.
   *
   * @param next what the next step does
   * @throws InterruptedOperationException if the operation is cancelled
   */
  public void step(String next) {
    checkCancelled();
    synchronized (this) {
      finishStep();
      step++;
      title = Printable.message(next);
      stepBegan = System.nanoTime();
      tell(new Event.StepStarted(info, Instant.now(), step, title));
    }
  }

  /**
   * Marks a point within a step where an interrupt or the deadline cancels the operation, for loops
   * that take long.
   *
   * @throws InterruptedOperationException if the operation is cancelled
   */
  public void checkCancelled() {
    Cancellation.check(info.kind() + " of " + info.subject());
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
      tell(new Event.Progressed(info, Instant.now(), step, unit, done, total));
    }
  }

  /**
   * Reports a line that a tool printed.
   *
   * @param tool the name of the tool
   * @param line the line, without its end and without secrets; what would act on a terminal is left
   *     out
   */
  public synchronized void output(String tool, String line) {
    tell(new Event.Output(info, Instant.now(), step, tool, Printable.text(line)));
  }

  /**
   * Reports something a person should know although the work goes on.
   *
   * @param message what to know
   */
  public synchronized void warn(String message) {
    String shown = Printable.message(message);
    LOG.warn("{}: {}", info, shown);
    tell(new Event.Warned(info, Instant.now(), shown));
  }

  /**
   * Says what the operation did, for its end.
   *
   * @param message for people; "done" where this is not called
   */
  public synchronized void result(String message) {
    result = Printable.message(message);
  }

  private <T> T run(Body<T> body) {
    FlightRecord record = FlightRecord.begin(info);
    synchronized (this) {
      tell(new Event.Started(info, Instant.now()));
    }
    RuntimeException failure;
    try {
      T value = body.run(this);
      end(null, record);
      return value;
    } catch (ClosedByInterruptException e) {
      failure = new InterruptedOperationException("Interrupted during the " + info, e);
    } catch (IOException e) {
      failure = new OvercException("The " + info + " failed: " + IoErrors.reason(e), e);
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      end(e, record);
      throw e;
    }
    end(failure, record);
    throw failure;
  }

  private synchronized void end(@Nullable Throwable failure, FlightRecord record) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String message = result;
    if (failure == null) {
      finishStep();
    } else {
      String why = failure.getMessage();
      message = Objects.requireNonNullElse(why, failure.getClass().getSimpleName());
    }
    tell(new Event.Finished(info, Instant.now(), message, Optional.ofNullable(failure), took));
    ended = true;
    record.end(message, failure);
    String outcome = failure == null ? "succeeded" : "failed";
    if (info.parent().isEmpty()) {
      LOG.info("{} {} after {} ms: {}", info, outcome, took.toMillis(), message);
    } else {
      LOG.debug("{} {} after {} ms: {}", info, outcome, took.toMillis(), message);
    }
  }

  private void finishStep() {
    String done = title;
    if (done != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - stepBegan);
      tell(new Event.StepFinished(info, Instant.now(), step, done, took));
      title = null;
    }
  }

  private void tell(Event event) {
    if (ended) {
      return;
    }
    try {
      listener.on(event);
    } catch (Throwable e) {
      // Whatever a listener throws, an upgrade that is half done must not stop for it.
      if (!listenerFailed) {
        LOG.warn("A listener of {} fails; logged once", info, e);
        listenerFailed = true;
      }
    }
  }
}
