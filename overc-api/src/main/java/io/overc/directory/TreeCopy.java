package io.overc.directory;

import java.io.IOException;
import java.nio.file.Path;

/** Copies a directory with everything in it. */
interface TreeCopy {
  /**
   * Copies.
   *
   * @param from a directory
   * @param to does not exist; durable on return
   * @param shared whether the copy may share blocks with the original
   */
  void copy(Path from, Path to, boolean shared) throws IOException;
}
