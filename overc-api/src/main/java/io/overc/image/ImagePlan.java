package io.overc.image;

import java.util.List;

/**
 * Says what handling an event would do.
 *
 * @param summary what would come out, for people
 * @param steps what would be changed, in order; empty if nothing
 */
public record ImagePlan(String summary, List<String> steps) {

  /**
   * Copies the list.
   *
   * @param summary what would come out, for people
   * @param steps what would be changed, in order; empty if nothing
   */
  public ImagePlan {
    steps = List.copyOf(steps);
  }
}
