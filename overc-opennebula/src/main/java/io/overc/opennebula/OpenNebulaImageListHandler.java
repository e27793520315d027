package io.overc.opennebula;

import io.overc.config.Config;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.lifecycle.Batch;
import io.overc.opennebula.lifecycle.LifeCycle;
import io.overc.opennebula.xml.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * Offers images in an OpenNebula cloud, over XML-RPC.
 *
 * <p>An image belongs to an event if its attribute {@code VMCATCHER_EVENT_DC_IDENTIFIER} is the
 * {@code dc:identifier}; the current one has that as its name too. Who owns it does not matter, so
 * an image that was given to somebody stays the current one; an image that only has the name is
 * somebody else's and is left alone. Users who must not be able to offer an image as the current
 * one are kept from it by naming that attribute in {@code IMAGE_RESTRICTED_ATTR} of oned.conf. The
 * progress of a registration is written on the images themselves ({@code OVERC_*}), so any handler
 * of the same user can finish what another began.
 *
 * <p>With {@code opennebula.spool} each event is written to a file before it is handled and kept
 * until it was, also when the operation is cancelled or this JVM is killed.
 *
 * <pre>{@code
 * ImageListHandler handler = OpenNebulaImageListHandler.builder()
 *     .config(Config.of(Map.of("opennebula.spool", "/var/spool/overc")))
 *     .datastore(event -> event.find("VO").orElse("default"))
 *     .build();
 * handler.handle(ImageEvent.fromEnvironment(System.getenv()), OperationOptions.defaults());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class OpenNebulaImageListHandler implements ImageListHandler {
  private final LifeCycle lifeCycle;
  private final EventQueue queue;

  OpenNebulaImageListHandler(LifeCycle lifeCycle, EventQueue queue) {
    this.lifeCycle = lifeCycle;
    this.queue = queue;
  }

  /**
   * Returns a builder with the defaults.
   *
   * @return a new builder
   */
  public static OpenNebulaImageListHandlerBuilder builder() {
    return new OpenNebulaImageListHandlerBuilder();
  }

  /**
   * Makes a handler from a configuration alone.
   *
   * @param config has the keys {@code opennebula.*}
   * @return a handler
   * @throws io.overc.error.ConfigException if the configuration cannot be used, or there are no
   *     credentials
   */
  public static OpenNebulaImageListHandler of(Config config) {
    return builder().config(config).build();
  }

  @Override
  public ImageOutcome handle(ImageEvent event, OperationOptions call) {
    if (!LifeCycle.handles(event.type())) {
      return ignored(event);
    }
    Batch batch = lifeCycle.batch(List.of(event));
    return Operation.run(
        call, OperationKind.IMAGE_EVENT, subject(event), run -> handle(event, batch, run));
  }

  @Override
  public List<ImageResult> handleAll(List<ImageEvent> events, OperationOptions call) {
    return Operation.run(
        call,
        OperationKind.IMAGE_EVENTS,
        events.size() + " events",
        operation -> {
          Batch batch = lifeCycle.batch(events);
          List<ImageResult> results = new ArrayList<>();
          for (ImageEvent event : events) {
            results.add(result(event, batch, operation));
          }
          return List.copyOf(results);
        });
  }

  private ImageResult result(ImageEvent event, Batch batch, Operation all) {
    if (!LifeCycle.handles(event.type())) {
      return ImageResult.handled(event, ignored(event));
    }
    try {
      return ImageResult.handled(
          event,
          all.child(OperationKind.IMAGE_EVENT, subject(event), run -> handle(event, batch, run)));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return ImageResult.failed(event, e);
    }
  }

  private ImageOutcome handle(ImageEvent event, Batch batch, Operation operation) {
    ImageOutcome outcome = queue.handle(event, batch, operation);
    operation.result(event.typeName() + ": " + outcome);
    return outcome;
  }

  private static ImageOutcome ignored(ImageEvent event) {
    return new ImageOutcome.Ignored("Nothing is done for " + Shown.text(event.typeName()));
  }

  @Override
  public ImagePlan plan(ImageEvent event) {
    return lifeCycle.batch(List.of(event)).plan(event);
  }

  @Override
  public List<ImageResult> replay(OperationOptions call) {
    return Operation.run(
        call,
        OperationKind.IMAGE_REPLAY,
        "kept events",
        operation -> queue.replay(lifeCycle, operation));
  }

  private static String subject(ImageEvent event) {
    return Shown.text(event.identifier());
  }
}
