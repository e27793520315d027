package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Is told what came of each entry: of each path below the directory, one thing.
 *
 * <p>Paths are relative to the compared directory and hold the raw bytes of their names whatever
 * the locale; a path must be resolved as it is, never turned into a string and back.
 *
 * <p>Calls come from all threads of the comparison at once, so an implementation is thread-safe.
 * The order is that of no listing; a directory comes before what is below it. An implementation may
 * remove an entry once it was told that it is shared; it must not change the directory or the
 * sources in any other way. What a method throws ends the comparison and is thrown by {@link
 * Comparison#run}.
 */
public interface Visitor {
  /**
   * Is told of an entry that the first source which has the path provides identically.
   *
   * @param shared the entry
   * @throws IOException to end the comparison
   */
  void shared(Shared shared) throws IOException;

  /**
   * Is told of an entry that has to stay.
   *
   * @param path of the entry
   * @param reason why
   * @throws IOException to end the comparison
   */
  void kept(Path path, Reason reason) throws IOException;

  /**
   * Is told of a path at which sources would show what the directory does not have.
   *
   * @param path the topmost such path: nothing below it is reported
   * @param mask how to hide it
   * @throws IOException to end the comparison
   */
  void masked(Path path, Mask mask) throws IOException;

  /**
   * Is told of something for which the directory must not be shared at all; the comparison goes on,
   * so that all obstacles are known.
   *
   * @param path of the entry; empty for the directory itself
   * @param obstacle what is wrong with it
   * @throws IOException to end the comparison
   */
  void obstacle(Path path, Obstacle obstacle) throws IOException;
}
