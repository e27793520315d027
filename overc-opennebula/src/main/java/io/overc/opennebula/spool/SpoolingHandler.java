package io.overc.opennebula.spool;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.event.Listener;
import io.overc.image.EventKeptException;
import io.overc.image.ImageEvent;
import io.overc.image.ImageEventType;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import io.overc.spi.Mutations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps events until they were handled, and hands the events of one image on in order: an event
 * waits behind an earlier one that could not be handled yet.
 */
public final class SpoolingHandler implements ImageListHandler {
  private static final Set<ImageEventType> KEPT =
      EnumSet.of(ImageEventType.AVAILABLE_POSTFIX, ImageEventType.EXPIRE_POSTFIX);

  private final ImageListHandler handler;
  private final Spool spool;
  private final Duration patience;

  /**
   * Puts a spool before a handler.
   *
   * @param handler handles the events
   * @param directory where they are kept; made if it is not there
   * @param patience how long to wait for another handler that works on the same image
   * @param mutations the door through which changes go
   * @param clock tells what time it is
   */
  public SpoolingHandler(
      ImageListHandler handler,
      Path directory,
      Duration patience,
      Mutations mutations,
      Clock clock) {
    this.handler = handler;
    this.spool = new Spool(directory, mutations, clock);
    this.patience = patience;
  }

  @Override
  public ImageOutcome handle(ImageEvent event, Listener listener) {
    if (!KEPT.contains(event.type())) {
      return handler.handle(event, listener);
    }
    SpoolLock lock = SpoolLock.hold(spool.directory(), event.identifier(), patience);
    try {
      List<SpooledEvent> before = spool.waiting(event.identifier());
      SpooledEvent spooled = spool.add(event, before);
      for (SpooledEvent earlier : before) {
        try {
          handle(earlier, listener);
        } catch (EventKeptException e) {
          spool.note(spooled, e);
          throw new EventKeptException(spooled.file().toString(), e);
        } catch (OvercException | IllegalArgumentException e) {
          // It was put aside: the next one may be handled.
        }
      }
      return handle(spooled, listener);
    } finally {
      lock.release();
    }
  }

  /** Handles a kept event and removes it; or leaves it, or puts it aside if it is hopeless. */
  private ImageOutcome handle(SpooledEvent spooled, Listener listener) {
    ImageOutcome outcome;
    try {
      outcome = handler.handle(spooled.event(), listener);
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
    return handler.plan(event);
  }

  @Override
  public List<ImageResult> replay(Listener listener) {
    List<ImageResult> results = new ArrayList<>();
    Set<String> stuck = new HashSet<>();
    for (SpooledEvent waiting : spool.waiting()) {
      if (!stuck.contains(waiting.event().identifier())) {
        replay(waiting, listener, results, stuck);
      }
    }
    results.addAll(handler.replay(listener));
    return List.copyOf(results);
  }

  private void replay(
      SpooledEvent waiting, Listener listener, List<ImageResult> results, Set<String> stuck) {
    ImageEvent event = waiting.event();
    try {
      SpoolLock lock = SpoolLock.hold(spool.directory(), event.identifier(), patience);
      try {
        if (spool.waiting(event.identifier()).contains(waiting)) { // Else it was handled meanwhile.
          results.add(ImageResult.handled(event, handle(waiting, listener)));
        }
      } finally {
        lock.release();
      }
    } catch (OvercException | IllegalArgumentException e) {
      results.add(ImageResult.failed(event, e));
      if (e instanceof EventKeptException) {
        stuck.add(event.identifier());
      }
    }
  }
}
