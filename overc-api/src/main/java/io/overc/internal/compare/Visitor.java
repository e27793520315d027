package io.overc.internal.compare;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Receives the result of each entry: of each path below the directory, one.
 *
 * <p>Paths are relative to the compared directory and hold the raw bytes of their names whatever
 * the locale; a path must be resolved as it is, never turned into a string and back.
 *
 * <p>Calls come from all threads of the comparison at once, so an implementation is thread-safe.
 * The order is that of no listing; a directory comes before what is below it. An implementation may
 * remove an entry once it is reported as shared; it must not change the directory or the sources in
 * any other way. What a method throws ends the comparison and is thrown by {@link Comparison#run}.
 */
public interface Visitor {
  /** Receives an entry that the first source which has the path provides identically. */
  void shared(Shared shared) throws IOException;

  void kept(Path path, Reason reason) throws IOException;

  /** Receives the topmost path at which sources would show what the directory does not have. */
  void masked(Path path, Mask mask) throws IOException;

  /**
   * Receives something for which the directory must not be shared at all; the comparison goes on,
   * so that all obstacles are known. The path is empty for the directory itself.
   */
  void obstacle(Path path, Obstacle obstacle) throws IOException;

  /**
   * An entry that a source provides identically. {@code size} is that of a regular file or a link's
   * target, {@code allocated} what its removal sets free on the disk.
   */
  record Shared(Path path, long size, long allocated, int source, Stamp stamp, Stamp provider) {
    public Shared {
      if (path.isAbsolute() || size < 0 || allocated < 0 || source < 0) {
        throw new IllegalArgumentException(
            "not an entry below a directory: " + path + ", " + size + " bytes, source " + source);
      }
    }
  }

  /** Reason why an entry stays in the directory; of several, the one that is found first. */
  enum Reason {
    /** It is a directory: its attributes come from the upper layer. */
    DIRECTORY,
    /** A socket: whoever listens makes it anew, and it takes no space. */
    SOCKET,
    /**
     * It is one of several names of a file, here or in the source: removed and provided by a
     * source, the names here would no longer be one file, or would become one.
     */
    HARD_LINK,
    /** It is immutable or append-only (chattr(1)), so it cannot be removed. */
    IMMUTABLE,
    NOT_IN_SOURCES,
    /**
     * What the overlay would find there cannot be known: something is mounted over it in a source.
     */
    OBSCURED,
    TYPE,
    /** Its permissions, set-user-ID, set-group-ID or sticky bit differ. */
    MODE,
    OWNER,
    DEVICE,
    CONTENT,
    TARGET,
    /**
     * Its extended attributes differ: capabilities, access control lists, labels, user attributes.
     */
    ATTRIBUTES,
    /** It, or what the source has, was changed or replaced while it was compared. */
    CHANGED,
    UNREADABLE
  }

  /** How the mask directory, the topmost lower layer, hides what only sources have. */
  enum Mask {
    /**
     * The path becomes a whiteout (character device 0/0) in the mask directory; it hides a whole
     * subtree. Its parents are directories in the compared directory, hence in the upper layer, so
     * owner, mode and attributes of the mask's own directories are never seen.
     */
    WHITEOUT,
    /**
     * The path, a directory of the compared directory, becomes a directory with {@code
     * trusted.overlay.opaque=y} in the mask directory: no source contributes to it. Needed where
     * what a source would contribute cannot be known; nothing below it is masked.
     */
    OPAQUE
  }

  /**
   * What cannot be seen through an overlay as it is seen now. A directory with an obstacle anywhere
   * below it must not become an upper layer.
   */
  enum Obstacle {
    /** A character device 0/0: an upper layer's whiteout, so it would disappear. */
    WHITEOUT,
    /**
     * A directory, or a file that would be shared, with an attribute {@code trusted.overlay.*} that
     * means something to the overlay (all but {@code origin}, {@code impure} and {@code uuid},
     * which an overlay that was mounted there once leaves behind).
     */
    OVERLAY_ATTRIBUTE,
    /** Something else is mounted there: an overlay does not see mounts below its layers. */
    MOUNT_POINT,
    /**
     * A directory whose path below the compared one has more than {@value Comparison#LONGEST}
     * bytes: it could not be named in the mask directory.
     */
    TOO_DEEP
  }
}
