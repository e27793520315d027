package io.overc.exec;

/** Stands for a command that runs beside this process. Closing it ends it. */
public interface RunningCommand extends AutoCloseable {

  /**
   * Returns its process id.
   *
   * @return the id
   */
  long pid();

  /**
   * Tells whether it still runs.
   *
   * @return whether it does
   */
  boolean alive();

  /** Closes its standard input, waits a moment for it to end, and ends its process tree. */
  @Override
  void close();
}
