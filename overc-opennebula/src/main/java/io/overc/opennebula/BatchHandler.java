package io.overc.opennebula;

import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.lifecycle.ImageIndex;
import io.overc.opennebula.lifecycle.LifeCycle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Handles the events of one batch with one view of the cloud. Not thread-safe. */
final class BatchHandler implements ImageListHandler {
  private final LifeCycle lifeCycle;
  private final ImageIndex index;
  private final Set<String> handled = new HashSet<>();

  BatchHandler(LifeCycle lifeCycle, ImageIndex index) {
    this.lifeCycle = lifeCycle;
    this.index = index;
  }

  @Override
  public ImageOutcome handle(ImageEvent event, OperationOptions call) {
    ImageOutcome outcome = lifeCycle.handle(event, index, call);
    if (!(outcome instanceof ImageOutcome.Ignored)) {
      handled.add(event.identifier());
      lifeCycle.expireDue(index, handled);
    }
    return outcome;
  }

  @Override
  public ImagePlan plan(ImageEvent event) {
    return lifeCycle.plan(event, index);
  }

  @Override
  public List<ImageResult> replay(OperationOptions call) {
    return lifeCycle.expireDue(index, handled);
  }
}
