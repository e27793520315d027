package io.overc.opennebula;

import io.overc.error.BusyException;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.image.EventKeptException;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import io.overc.internal.lock.HeldLock;
import io.overc.opennebula.Spool.SpooledEvent;
import io.overc.opennebula.lifecycle.Batch;
import io.overc.opennebula.lifecycle.LifeCycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps events until they were handled, and handles those of one image in order: an event waits
 * behind an earlier one that could not be handled yet.
 */
final class SpoolQueue extends EventQueue {
  private final Spool spool;
  private final Duration patience;

  /** Waits up to {@code patience} for another handler that works on the same image. */
  SpoolQueue(Spool spool, Duration patience) {
    this.spool = spool;
    this.patience = patience;
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  ImageOutcome handle(ImageEvent event, Batch batch, Operation operation) {
    try (HeldLock lock = lockOrKeep(event)) {
      Spool.Content before = spool.waiting(event.identifier());
      before.damaged().forEach(damaged -> operation.warn(String.valueOf(damaged.getMessage())));
      SpooledEvent spooled = spool.add(event, before);
      for (SpooledEvent earlier : before.events()) {
        handleEarlier(earlier, spooled, batch, operation);
      }
      return handleKept(spooled, batch, operation);
    }
  }

  /** Events are sent once only: one whose sender waits in vain for another handler is kept, too. */
  private HeldLock lockOrKeep(ImageEvent event) {
    try {
      return spool.hold(event.identifier(), patience);
    } catch (InterruptedOperationException e) {
      throw kept(spool.addUnlocked(event), e);
    } catch (BusyException e) {
      throw new EventKeptException(spool.addUnlocked(event).file().toString(), e);
    }
  }

  private void handleEarlier(
      SpooledEvent earlier, SpooledEvent spooled, Batch batch, Operation operation) {
    try {
      child(earlier, batch, operation);
    } catch (InterruptedOperationException e) {
      throw kept(spooled, e);
    } catch (EventKeptException e) {
      spool.note(spooled, e);
      throw new EventKeptException(spooled.file().toString(), e);
    } catch (OvercException e) {
      operation.warn("An earlier event was rejected: " + e.getMessage());
    }
  }

  private ImageOutcome child(SpooledEvent spooled, Batch batch, Operation operation) {
    return operation.child(
        OperationKind.IMAGE_EVENT,
        spooled.event().identifier(),
        child -> handleKept(spooled, batch, child));
  }

  /** Handles a kept event and removes it; or leaves it, or rejects it if a retry is of no use. */
  private ImageOutcome handleKept(SpooledEvent spooled, Batch batch, Operation operation) {
    ImageOutcome outcome;
    try {
      outcome = batch.handle(spooled.event(), operation);
    } catch (InterruptedOperationException e) {
      spool.note(spooled, e);
      throw kept(spooled, e);
    } catch (VerificationException
        | NotFoundException
        | IncompleteEventException
        | InvalidArgumentException e) {
      spool.note(spooled, e);
      spool.reject(spooled);
      throw e;
    } catch (OvercException e) {
      spool.note(spooled, e);
      throw new EventKeptException(spooled.file().toString(), e);
    }
    spool.remove(spooled);
    return outcome;
  }

  private static InterruptedOperationException kept(
      SpooledEvent spooled, InterruptedOperationException e) {
    String message =
        e.getMessage() + " (the event is kept in " + spooled.file() + " and can be replayed)";
    return e instanceof DeadlineExceededException
        ? new DeadlineExceededException(message, e)
        : new InterruptedOperationException(message, e);
  }

  @Override
  List<ImageResult> replay(LifeCycle lifeCycle, Operation operation) {
    Spool.Content kept = spool.waiting();
    Batch batch = lifeCycle.batch(kept.events().stream().map(SpooledEvent::event).toList());
    List<ImageResult> results = new ArrayList<>();
    for (OvercException damaged : kept.damaged()) {
      results.add(ImageResult.failed(new ImageEvent(new TreeMap<>()), damaged));
    }
    Set<String> stuck = new HashSet<>();
    for (SpooledEvent waiting : kept.events()) {
      if (!stuck.contains(waiting.event().identifier())) {
        Optional<ImageResult> result = replay(waiting, batch, operation);
        result.ifPresent(results::add);
        if (result.flatMap(ImageResult::failure).filter(SpoolQueue::isStuck).isPresent()) {
          stuck.add(waiting.event().identifier());
        }
      }
    }
    results.addAll(batch.expireDue(operation));
    return List.copyOf(results);
  }

  private static boolean isStuck(OvercException failure) {
    return failure instanceof EventKeptException || failure instanceof BusyException;
  }

  /** Returns empty if somebody else has handled it meanwhile. */
  @SuppressWarnings("try") // the lock is held, not used
  private Optional<ImageResult> replay(SpooledEvent waiting, Batch batch, Operation operation) {
    ImageEvent event = waiting.event();
    try (HeldLock lock = spool.hold(event.identifier(), patience)) {
      return spool.contains(waiting)
          ? Optional.of(ImageResult.handled(event, child(waiting, batch, operation)))
          : Optional.empty();
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return Optional.of(ImageResult.failed(event, e));
    }
  }
}
