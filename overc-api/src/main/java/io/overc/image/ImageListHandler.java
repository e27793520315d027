package io.overc.image;

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
 * <p>The promise: whatever fails or is killed, the cloud offers a usable image under the {@code
 * dc:identifier} if it did before; and the same event handled again finishes what was begun,
 * without making a second copy. Events of one image must come in the order in which they were sent.
 *
 * @implSpec Implementations are thread-safe, and safe against other processes that handle events of
 *     the same image. {@code ImageListHandlerContract} in the {@code tests} artifact holds what is
 *     promised here.
 */
public interface ImageListHandler {

  /**
   * Handles an event: offers the image of an {@link ImageEventType#AVAILABLE_POSTFIX}, stops
   * offering the one of an {@link ImageEventType#EXPIRE_POSTFIX}, and ignores all others.
   *
   * @param event the event
   * @param call who listens, and how long it may take
   * @return what became of it
   * @throws IncompleteEventException if the event lacks what it must say
   * @throws IllegalArgumentException if it says what cannot be, such as a malformed identifier
   * @throws VerificationException if the file is not what the event claims, or not a safe image;
   *     handling the same event again is of no use
   * @throws RefusedException if the cloud refuses; handle it again when the cause is removed
   * @throws UnavailableException if the cloud or a tool is not there, or too slow; handle it again
   * @throws EventKeptException if it failed and was kept, see {@link #replay}
   * @throws OvercException if it failed otherwise
   */
  ImageOutcome handle(ImageEvent event, OperationOptions call);

  /**
   * Handles several events in order; one that fails does not stop the others.
   *
   * @param events the events
   * @param call who listens, and how long it may take
   * @return one result for each event, in the same order
   */
  default List<ImageResult> handleAll(List<ImageEvent> events, OperationOptions call) {
    List<ImageResult> results = new ArrayList<>();
    for (ImageEvent event : events) {
      try {
        results.add(ImageResult.handled(event, handle(event, call)));
      } catch (OvercException | IllegalArgumentException e) {
        results.add(ImageResult.failed(event, e));
      }
    }
    return List.copyOf(results);
  }

  /**
   * Says what {@link #handle} would do, and touches nothing.
   *
   * @param event the event
   * @return the plan
   * @throws OvercException as {@link #handle} would, as far as it can be told beforehand
   */
  ImagePlan plan(ImageEvent event);

  /**
   * Does what was put off: handles the events that were kept, in order, and expires the images
   * whose expiry was postponed until now.
   *
   * @param call who listens, and how long it may take
   * @return one result for each kept event and for each expired image
   * @throws UnavailableException if the cloud is not there
   */
  List<ImageResult> replay(OperationOptions call);
}
