package io.overc.internal.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a directory with the directories that are to be the lower layers of an overlay whose
 * upper layer is the directory itself.
 *
 * <p>The promise: with every {@link Visitor#shared shared} entry removed from the directory, a mask
 * directory of exactly the {@link Visitor#masked masked} paths, and the overlay mounted with the
 * directory as its upper layer and the mask directory and the sources, in order, as its lower
 * layers, the merged view equals the directory before. It holds if no {@link Visitor#obstacle
 * obstacle} was reported.
 *
 * <p>An entry is shared if it is identical to that of the first source that provides its path: of
 * the same type, content, mode, owner, group, extended attributes, link target and device number.
 * The time of modification is no part of that: the view then shows the source's. Which source
 * provides a path follows the kernel's overlayfs: a source in which a parent of the path is no
 * directory ends the search, and so do a whiteout and an opaque directory.
 *
 * <p>Memory does not grow with the number of files.
 */
public final class Comparison {
  /** Longest path of a directory below the compared one, in bytes. */
  public static final int LONGEST = 2048;

  private final Path directory;
  private final List<Path> sources;
  private final int threads;

  /**
   * Makes a comparison; nothing is read yet. Sources come topmost first; one that is no directory
   * (a symbolic link is none) provides nothing. The caller's thread is one of {@code threads}.
   */
  public Comparison(Path directory, List<Path> sources, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a comparison needs a thread, not " + threads);
    }
    this.directory = directory;
    this.sources = List.copyOf(sources);
    this.threads = threads;
  }

  /**
   * Compares. May be called again, also by several threads at once; when it throws, all threads
   * have ended.
   */
  public void run(Visitor visitor) throws IOException {
    try (Roots roots = Roots.open(directory, sources)) {
      WorkQueue queue = new WorkQueue();
      queue.offer(new WorkQueue.Task(new byte[0], roots.present()));
      List<Thread> others = new ArrayList<>();
      try {
        for (int i = 1; i < threads; i++) {
          Thread thread = new Thread(new Worker(roots, queue, visitor), "comparison-" + i);
          thread.setDaemon(true);
          thread.start();
          others.add(thread);
        }
        new Worker(roots, queue, visitor).run();
      } catch (Throwable e) {
        queue.fail(e);
        throw e;
      } finally {
        others.forEach(Comparison::await);
      }
      queue.throwFailure();
    }
  }

  // Waits even if interrupted: the thread uses what is closed afterwards, and ends soon.
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
