package io.overc.btrfs.fs;

/**
 * Describes a subvolume.
 *
 * @param id its number; the top-level subvolume is 5
 * @param path its path, relative to the top-level subvolume; that one's is empty
 */
public record Subvolume(long id, String path) {
  /** The number of the top-level subvolume. */
  public static final long TOP_LEVEL = 5;
}
