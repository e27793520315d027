package io.overc.overlay;

import java.util.List;

/**
 * Says what sharing saved, or would save.
 *
 * @param container its name
 * @param outcome whether it is done, queued or only planned
 * @param directories the figures of each directory; empty if it is queued
 */
public record SharingResult(String container, Outcome outcome, List<DirectoryResult> directories) {

  /**
   * Copies the list.
   *
   * @param container its name
   * @param outcome whether it is done, queued or only planned
   * @param directories the figures of each directory; empty if it is queued
   */
  public SharingResult {
    directories = List.copyOf(directories);
  }

  /** {@return the bytes saved in all directories} */
  public long bytesSaved() {
    return directories.stream().mapToLong(DirectoryResult::bytesSaved).sum();
  }

  /** {@return how many files are shared in all directories} */
  public long filesShared() {
    return directories.stream().mapToLong(DirectoryResult::filesShared).sum();
  }
}
