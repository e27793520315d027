package io.overc.exec;

/** Stands for a command that runs beside this process. Closing it ends it. */
public interface RunningCommand extends AutoCloseable {

  /** {@return its process id} */
  long pid();

  /** {@return whether it still runs} */
  boolean alive();

  /** Closes its standard input, waits a moment for it to end, and ends its process tree. */
  @Override
  void close();
}
