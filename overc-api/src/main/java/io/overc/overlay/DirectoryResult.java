package io.overc.overlay;

import java.util.EnumMap;
import java.util.Map;

/**
 * Holds the figures of one directory that is shared.
 *
 * @param directory as the container sees it, absolute
 * @param filesShared how many files the sources provide: regular files, links, devices, pipes
 * @param bytesSaved the bytes on the container's disk that they took
 * @param filesKept how many files stay in the container, by the reason why; directories not counted
 * @param namesMasked how many names only the sources have, so that they are hidden; a directory
 *     counts once
 */
public record DirectoryResult(
    String directory,
    long filesShared,
    long bytesSaved,
    Map<KeptReason, Long> filesKept,
    long namesMasked) {

  /**
   * Checks the figures and copies the map.
   *
   * @param directory as the container sees it, absolute
   * @param filesShared how many files the sources provide
   * @param bytesSaved the bytes on the container's disk that they took
   * @param filesKept how many files stay in the container, by the reason why
   * @param namesMasked how many names only the sources have
   */
  public DirectoryResult {
    if (filesShared < 0 || bytesSaved < 0 || namesMasked < 0) {
      throw new IllegalArgumentException(
          "a figure of %s is negative: %d files, %d bytes, %d names"
              .formatted(directory, filesShared, bytesSaved, namesMasked));
    }
    EnumMap<KeptReason, Long> sorted = new EnumMap<>(KeptReason.class);
    sorted.putAll(filesKept);
    filesKept = java.util.Collections.unmodifiableMap(sorted);
  }

  /** {@return how many files stay in the container} */
  public long kept() {
    return filesKept.values().stream().mapToLong(Long::longValue).sum();
  }
}
