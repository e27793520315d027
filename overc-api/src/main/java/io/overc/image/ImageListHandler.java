package io.overc.image;

import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the images a cloud offers in step with the image lists a site has subscribed to.
 *
 * <pre>{@code
 * ImageListHandler handler = Overc.load(config).imageListHandler("opennebula");
 * ImageEvent event = ImageEvent.fromEnvironment(System.getenv());
 * ImageOutcome outcome =
 *     handler.handle(event, OperationOptions.builder().deadline(Duration.ofHours(1)).build());
 * if (outcome instanceof ImageOutcome.Registered registered) {
 *   System.out.println("registered as image " + registered.image());
 * }
 * }</pre>
 *
 * <p>The promise: whatever fails, is cancelled or killed, the cloud offers a usable image under the
 * {@code dc:identifier} if it did before; and the same event handled again finishes what was begun,
 * without making a second copy. Events of one image must come in the order in which they were sent.
 *
 * <p>Errors: an event that would fail again, because it or its file is wrong, throws {@link
 * IncompleteEventException}, {@link InvalidArgumentException}, {@link VerificationException} or
 * {@link NotFoundException}. After any other {@link OvercException} handle the event again, unless
 * it is an {@link EventKeptException}: then the handler kept it, and {@link #replay} retries it.
 *
 * <p>Cancelling: see {@link OperationOptions}. A copy that the cloud has begun goes on; the next
 * attempt continues with it. Where events are kept, a cancelled one is kept, too, and the message
 * says so.
 *
 * <p>Thread-safe, and safe against other processes that handle events of the same image: they wait
 * for each other or find the work done.
 *
 * @implSpec {@code ImageListHandlerContract} in the {@code tests} artifact holds what is promised
 *     here.
 */
public interface ImageListHandler {

  /**
   * Handles an event: offers the image of an {@link ImageEventType#AVAILABLE_POSTFIX}, stops
   * offering the one of an {@link ImageEventType#EXPIRE_POSTFIX}, and ignores all others.
   *
   * @param event the event
   * @param call who listens, and how long it may take
   * @return the result
   * @throws IncompleteEventException if the event lacks a variable
   * @throws InvalidArgumentException if a variable cannot be right, such as a malformed identifier
   * @throws VerificationException if the file is not what the event claims, or not a safe image
   * @throws NotFoundException if the file does not exist
   * @throws RefusedException if the cloud refuses
   * @throws UnavailableException if the cloud or a tool is missing or too slow
   * @throws EventKeptException if it failed and was kept
   * @throws InterruptedOperationException if it was cancelled
   * @throws OvercException if it failed otherwise
   */
  ImageOutcome handle(ImageEvent event, OperationOptions call);

  /**
   * Handles several events in order; one that fails does not stop the others.
   *
   * @param events the events
   * @param call who listens, and how long all of them together may take
   * @return one result for each event, in the same order
   * @throws InterruptedOperationException if it was cancelled; hand over all events again, those
   *     that were handled change nothing
   * @implSpec The default calls {@link #handle} for each event, with the deadline of the whole for
   *     each.
   */
  default List<ImageResult> handleAll(List<ImageEvent> events, OperationOptions call) {
    List<ImageResult> results = new ArrayList<>();
    for (ImageEvent event : events) {
      try {
        results.add(ImageResult.handled(event, handle(event, call)));
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        results.add(ImageResult.failed(event, e));
      }
    }
    return List.copyOf(results);
  }

  /**
   * Plans what {@link #handle} would do; changes nothing.
   *
   * @param event the event
   * @return the plan
   * @throws OvercException as {@link #handle} would, as far as it can be told beforehand
   */
  ImagePlan plan(ImageEvent event);

  /**
   * Does what was postponed: handles the events that were kept, in order, and expires the images
   * whose expiry was postponed until now. A kept event that cannot be read is a failed result and
   * hides no other.
   *
   * @param call who listens, and how long it may take
   * @return one result for each kept event and for each expired image
   * @throws UnavailableException if the cloud cannot be reached
   * @throws InterruptedOperationException if it was cancelled
   */
  List<ImageResult> replay(OperationOptions call);
}
