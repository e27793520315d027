package io.overc.testkit;

import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A store with the flaws that the engine keeps from a backend: it hands on, and does it badly. */
final class SampleStore implements SnapshotStore {
  private final SnapshotStore store;

  SampleStore(SnapshotStore store) {
    this.store = store;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return store.features();
  }

  @Override
  public List<String> subjects() {
    return store.subjects();
  }

  @Override
  public List<Snapshot> list(String subject) {
    try {
      return store.list(subject);
    } catch (InvalidArgumentException e) {
      if (SnapshotFlaw.ACCEPTS_ANY_NAME.active()) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public List<DamagedSnapshot> damaged(String subject) {
    return store.damaged(subject);
  }

  @Override
  public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
    return run(call, with -> store.create(subject, options, with));
  }

  @Override
  public void restore(SnapshotId id, String target, OperationOptions call) {
    run(
        call,
        with -> {
          store.restore(id, target, with);
          return id;
        });
  }

  @Override
  public void delete(SnapshotId id, OperationOptions call) {
    run(
        call,
        with -> {
          store.delete(id, with);
          return id;
        });
  }

  @Override
  public int deleteAll(String subject, OperationOptions call) {
    if (SnapshotFlaw.DELETE_ALL_STOPS_AT_A_FAILURE.active()) {
      List<Snapshot> all = store.list(subject);
      return Operation.run(
          call,
          OperationKind.SNAPSHOT_DELETE,
          subject,
          operation -> {
            operation.step("delete all");
            all.forEach(snapshot -> store.delete(snapshot.id(), OperationOptions.defaults()));
            return all.size();
          });
    }
    try {
      return run(call, with -> store.deleteAll(subject, with));
    } catch (InvalidArgumentException | InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      if (SnapshotFlaw.DELETE_ALL_HIDES_A_FAILURE.active()) {
        return 0;
      }
      throw e;
    }
  }

  private static <T> T run(OperationOptions call, Function<OperationOptions, T> work) {
    List<RuntimeException> broken = new ArrayList<>();
    OperationOptions.Builder with = call.toBuilder().listener(flawed(call.listener(), broken));
    if (SnapshotFlaw.IGNORES_THE_DEADLINE.active()) {
      with = OperationOptions.builder().listener(call.listener());
    }
    try {
      T result = work.apply(with.build());
      if (!broken.isEmpty()) {
        throw broken.get(0);
      }
      return result;
    } catch (InterruptedOperationException e) {
      if (SnapshotFlaw.SWALLOWS_THE_INTERRUPT.active()) {
        Thread.interrupted();
      }
      throw e;
    }
  }

  private static Listener flawed(Listener listener, List<RuntimeException> broken) {
    return event -> {
      if (SnapshotFlaw.TELLS_NO_FAILURE.active()
          && event instanceof Event.Finished end
          && !end.succeeded()) {
        return;
      }
      try {
        listener.on(SnapshotFlaw.TELLS_ANOTHER_KIND.active() ? renamed(event) : event);
      } catch (RuntimeException e) {
        if (SnapshotFlaw.BREAKS_WITH_ITS_LISTENER.active()) {
          broken.add(e);
        }
        throw e;
      }
    };
  }

  private static Event renamed(Event event) {
    return event instanceof Event.Started started
        ? new Event.Started(
            new io.overc.event.OperationInfo(
                started.operation().id(),
                new OperationKind("snapshot"),
                started.operation().subject(),
                started.operation().parent()),
            started.time())
        : event;
  }
}
