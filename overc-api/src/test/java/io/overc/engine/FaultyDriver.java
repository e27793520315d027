package io.overc.engine;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.RollbackResult;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.KitMutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A driver that has the fault that is active, where the engine would be at fault. */
final class FaultyDriver implements ContainerDriver {
  static final String STARTED_AT_ROLLBACK = "a rollback starts what did not run";
  static final String BAD_NAMES = "an invalid name is only absent";
  static final String NO_END = "operations have no end for the listener";
  static final String LATE_EVENTS = "the start is told at the end";
  static final String SWALLOWED = "the interrupt flag is lost";
  static final String PLAIN_FAILURE = "an interrupt is a failure as any other";
  static final String NO_DEADLINE = "the deadline is ignored";
  static final String WRONG_OUTCOME = "what was replaced is told as created";
  static final String WRONG_CHANGE = "what was done already is told as done now";
  static final String FORCED = "what is active is stopped without being allowed to";
  static final String UNSORTED = "the list is not sorted";
  static final String OLDEST = "a rollback takes the oldest snapshot";
  static final String BROKEN_LISTENER = "a listener that throws breaks the operation";

  static final List<String> ALL =
      List.of(
          STARTED_AT_ROLLBACK,
          BAD_NAMES,
          NO_END,
          LATE_EVENTS,
          SWALLOWED,
          PLAIN_FAILURE,
          NO_DEADLINE,
          WRONG_OUTCOME,
          WRONG_CHANGE,
          FORCED,
          UNSORTED,
          OLDEST,
          BROKEN_LISTENER);

  private final ContainerDriver real;

  FaultyDriver(ContainerDriver real) {
    this.real = real;
  }

  private static boolean has(String fault) {
    return KitMutation.active(fault);
  }

  private <T> T faulty(OperationOptions call, Function<OperationOptions, T> operation) {
    List<Event> kept = new ArrayList<>();
    List<RuntimeException> thrown = new ArrayList<>();
    OperationOptions.Builder options = OperationOptions.builder();
    options.listener(event -> tell(event, call, kept, thrown));
    if (!has(NO_DEADLINE)) {
      call.deadline().ifPresent(options::deadline);
    }
    try {
      T result = operation.apply(options.build());
      if (has(BROKEN_LISTENER) && !thrown.isEmpty()) {
        throw thrown.get(0);
      }
      return result;
    } catch (InterruptedOperationException e) {
      if (has(SWALLOWED) && Thread.interrupted()) {
        throw e;
      }
      throw has(PLAIN_FAILURE) ? new OvercException("failed", e) : e;
    } finally {
      kept.forEach(event -> tell(event, call, List.of(), thrown));
    }
  }

  private static void tell(
      Event event, OperationOptions call, List<Event> kept, List<RuntimeException> thrown) {
    boolean end = event instanceof Event.Finished;
    if (end && has(NO_END)) {
      return;
    }
    if (event instanceof Event.Started && has(LATE_EVENTS) && kept instanceof ArrayList) {
      kept.add(event);
      return;
    }
    try {
      call.listener().on(event);
    } catch (RuntimeException e) {
      thrown.add(e);
      throw e;
    }
  }

  private static WhenActive allowed(WhenActive whenActive) {
    return has(FORCED) ? WhenActive.STOP : whenActive;
  }

  @Override
  public Set<ContainerFeature> features() {
    return real.features();
  }

  @Override
  public ContainerStatus status(String name) {
    try {
      return real.status(name);
    } catch (InvalidArgumentException e) {
      if (has(BAD_NAMES)) {
        return ContainerStatus.ABSENT;
      }
      throw e;
    }
  }

  @Override
  public Optional<Container> find(String name) {
    return real.find(name);
  }

  @Override
  public List<Container> list() {
    List<Container> list = new ArrayList<>(real.list());
    if (has(UNSORTED)) {
      Collections.reverse(list);
    }
    return list;
  }

  @Override
  public SnapshotStore snapshots() {
    return real.snapshots();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    ActivateResult result =
        faulty(call, options -> real.activate(name, allowed(whenActive), options));
    return has(WRONG_OUTCOME)
        ? new ActivateResult(name, ActivateResult.Outcome.CREATED, result.snapshot())
        : result;
  }

  @Override
  public Change start(String name, OperationOptions call) {
    Change change = faulty(call, options -> real.start(name, options));
    return has(WRONG_CHANGE) ? Change.CHANGED : change;
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return faulty(call, options -> real.stop(name, options));
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    return real.sendImage(image, call);
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return real.update(call);
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    return faulty(call, options -> real.upgrade(name, source, options));
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    if (has(OLDEST) && !real.snapshots().list(name).isEmpty()) {
      return rollback(name, real.snapshots().list(name).get(0).id().text(), call);
    }
    return faulty(call, options -> real.rollback(name, options));
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    RollbackResult result = faulty(call, options -> real.rollback(name, snapshot, options));
    if (has(STARTED_AT_ROLLBACK)) {
      real.start(name, OperationOptions.defaults());
    }
    return result;
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    faulty(
        call,
        options -> {
          real.delete(name, allowed(whenActive), options);
          return true;
        });
  }
}
