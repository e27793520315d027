package io.overc.overlay;

import java.util.List;

/**
 * Says what came back into a container, or would.
 *
 * @param container its name
 * @param outcome whether it is done, queued or only planned
 * @param directories what is not shared any more
 * @param filesCopied how many files the container has again as its own; 0 if it is queued
 * @param bytesNeeded the bytes of their contents; 0 if it is queued
 * @param bytesFree the bytes that were free on the container's disk before
 */
public record StopResult(
    String container,
    Outcome outcome,
    List<String> directories,
    long filesCopied,
    long bytesNeeded,
    long bytesFree) {

  /**
   * Copies the list.
   *
   * @param container its name
   * @param outcome whether it is done, queued or only planned
   * @param directories what is not shared any more
   * @param filesCopied how many files the container has again as its own
   * @param bytesNeeded the bytes of their contents
   * @param bytesFree the bytes that were free on the container's disk before
   */
  public StopResult {
    directories = List.copyOf(directories);
  }
}
