package io.overc.opennebula;

import io.overc.event.Operation;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageResult;
import io.overc.opennebula.lifecycle.Batch;
import io.overc.opennebula.lifecycle.LifeCycle;
import java.util.List;

/** Passes events on to the life cycle of their images; one that fails is lost. */
class EventQueue {
  /** Handles one event of a batch. */
  ImageOutcome handle(ImageEvent event, Batch batch, Operation operation) {
    return batch.handle(event, operation);
  }

  /** Handles the events that were kept, and expires what is due. */
  List<ImageResult> replay(LifeCycle lifeCycle, Operation operation) {
    return lifeCycle.batch(List.of()).expireDue(operation);
  }
}
