package io.overc.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Interrupts a thread once a file is there. */
final class Interruption extends Thread {
  private final Path file;
  private final Thread interrupted = Thread.currentThread();
  private volatile long at;

  private Interruption(Path file) {
    super("interruption");
    this.file = file;
    setDaemon(true);
  }

  static Interruption ofThisThreadOnce(Path file) {
    Interruption interruption = new Interruption(file);
    interruption.start();
    return interruption;
  }

  @Override
  public void run() {
    while (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isEmpty()) {
      Thread.onSpinWait();
    }
    at = System.nanoTime();
    interrupted.interrupt();
  }

  private boolean isEmpty() {
    try {
      return Files.size(file) == 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns how long ago the thread was interrupted. */
  long millisAgo() {
    return (System.nanoTime() - at) / 1_000_000;
  }
}
