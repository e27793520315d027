package io.overc.opennebula.spool;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.image.EventKeptException;
import io.overc.image.ImageEvent;
import io.overc.image.ImageEventType;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import io.overc.internal.lock.HeldLock;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps events until they were handled, and hands the events of one image on in order: an event
 * waits behind an earlier one that could not be handled yet.
 */
public final class SpoolingHandler implements ImageListHandler {
  private static final Set<ImageEventType> KEPT =
      EnumSet.of(ImageEventType.AVAILABLE_POSTFIX, ImageEventType.EXPIRE_POSTFIX);

  private final Function<List<ImageEvent>, ImageListHandler> batches;
  private final Spool spool;
  private final Duration patience;

  /**
   * Puts a spool before a handler.
   *
   * @param batches gives a handler for the events of a batch
   * @param directory where they are kept; made if it is not there
   * @param patience how long to wait for another handler that works on the same image
   * @param effects the fault-injection point
   * @param clock tells what time it is
   */
  public SpoolingHandler(
      Function<List<ImageEvent>, ImageListHandler> batches,
      Path directory,
      Duration patience,
      SideEffects effects,
      Clock clock) {
    this.batches = batches;
    this.spool = new Spool(directory, effects, clock);
    this.patience = patience;
  }

  @Override
  public ImageOutcome handle(ImageEvent event, OperationOptions call) {
    return handle(event, batches.apply(List.of(event)), call);
  }

  @Override
  public List<ImageResult> handleAll(List<ImageEvent> events, OperationOptions call) {
    ImageListHandler handler = batches.apply(events);
    List<ImageResult> results = new ArrayList<>();
    for (ImageEvent event : events) {
      try {
        results.add(ImageResult.handled(event, handle(event, handler, call)));
      } catch (OvercException | IllegalArgumentException e) {
        results.add(ImageResult.failed(event, e));
      }
    }
    return List.copyOf(results);
  }

  private ImageOutcome handle(ImageEvent event, ImageListHandler handler, OperationOptions call) {
    if (!KEPT.contains(event.type())) {
      return handler.handle(event, call);
    }
    HeldLock lock = spool.hold(event.identifier(), patience);
    try {
      List<SpooledEvent> before = spool.waiting(event.identifier());
      SpooledEvent spooled = spool.add(event, before);
      for (SpooledEvent earlier : before) {
        try {
          handle(earlier, handler, call);
        } catch (EventKeptException e) {
          spool.note(spooled, e);
          throw new EventKeptException(spooled.file().toString(), e);
        } catch (OvercException | IllegalArgumentException e) {
          // It was put aside: the next one may be handled.
        }
      }
      return handle(spooled, handler, call);
    } finally {
      lock.close();
    }
  }

  /** Handles a kept event and removes it; or leaves it, or puts it aside if it is hopeless. */
  private ImageOutcome handle(
      SpooledEvent spooled, ImageListHandler handler, OperationOptions call) {
    ImageOutcome outcome;
    try {
      outcome = handler.handle(spooled.event(), call);
    } catch (VerificationException
        | NotFoundException
        | IncompleteEventException
        | IllegalArgumentException e) {
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

  @Override
  public ImagePlan plan(ImageEvent event) {
    return batches.apply(List.of(event)).plan(event);
  }

  @Override
  public List<ImageResult> replay(OperationOptions call) {
    List<SpooledEvent> kept = spool.waiting();
    ImageListHandler handler = batches.apply(kept.stream().map(SpooledEvent::event).toList());
    List<ImageResult> results = new ArrayList<>();
    Set<String> stuck = new HashSet<>();
    for (SpooledEvent waiting : kept) {
      if (!stuck.contains(waiting.event().identifier())) {
        Optional<ImageResult> result = replay(waiting, handler, call);
        result.ifPresent(results::add);
        if (result.flatMap(ImageResult::failure).orElse(null) instanceof EventKeptException) {
          stuck.add(waiting.event().identifier());
        }
      }
    }
    results.addAll(handler.replay(call));
    return List.copyOf(results);
  }

  /** Returns empty if somebody else has handled it meanwhile. */
  private Optional<ImageResult> replay(
      SpooledEvent waiting, ImageListHandler handler, OperationOptions call) {
    ImageEvent event = waiting.event();
    try {
      HeldLock lock = spool.hold(event.identifier(), patience);
      try {
        return spool.waiting(event.identifier()).contains(waiting)
            ? Optional.of(ImageResult.handled(event, handle(waiting, handler, call)))
            : Optional.empty();
      } finally {
        lock.close();
      }
    } catch (OvercException | IllegalArgumentException e) {
      return Optional.of(ImageResult.failed(event, e));
    }
  }
}
