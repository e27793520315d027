package io.overc.image;

import java.util.List;

/**
 * What handling an event would do.
 *
 * @param summary the result, for people
 * @param steps what would be changed, in order; empty if nothing
 */
public record ImagePlan(String summary, List<String> steps) {

  /**
   * Copies the list.
   *
   * @param summary the result, for people
   * @param steps what would be changed, in order; empty if nothing
   */
  public ImagePlan {
    steps = List.copyOf(steps);
  }
}
