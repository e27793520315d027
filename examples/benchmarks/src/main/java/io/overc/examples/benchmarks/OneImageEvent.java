package io.overc.examples.benchmarks;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;

/**
 * Handles the event of its environment, in a process of its own; see {@link ImageEventBenchmark}.
 */
final class OneImageEvent {
  private OneImageEvent() {}

  /**
   * Handles the event.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Overc.load(Config.empty().withEnvironment(System.getenv()))
        .imageListHandler("opennebula")
        .handle(ImageEvent.fromEnvironment(System.getenv()), OperationOptions.defaults());
  }
}
