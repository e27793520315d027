package io.overc.exec;

import io.overc.error.InterruptedOperationException;
import io.overc.error.UnavailableException;

/**
 * Runs commands; the one way in which OverC starts processes.
 *
 * @implSpec Implementations are thread-safe and leave no process of the command behind when they
 *     throw.
 */
public interface CommandRunner {

  /** {@return the runner that starts real processes; it holds no resources} */
  static CommandRunner system() {
    return new SystemCommandRunner();
  }

  /**
   * Runs a command and waits for it.
   *
   * @param command what to run
   * @return the result, whatever the exit code
   * @throws UnavailableException if the program is not there or may not be executed
   * @throws CommandTimeoutException if it did not end in time
   * @throws InterruptedOperationException if the thread was interrupted; its flag is set again
   */
  CommandResult run(Command command);

  /**
   * Starts a command that runs beside this process until it is closed. Its standard input is a pipe
   * that closes when this process dies, however it dies: a command that waits for the end of its
   * input, such as {@code unshare --mount cat}, then ends too.
   *
   * @param command what to run; timeout and input do not apply, its output is thrown away
   * @return the running command, to be closed
   * @throws UnavailableException if the program is not there or may not be executed
   */
  RunningCommand start(Command command);

  /**
   * Runs a command that shares the terminal of this process, and waits for it however long it
   * takes. Timeout, input and output settings of the command do not apply.
   *
   * @param command what to run, for example an interactive shell
   * @return its exit code
   * @throws UnavailableException if the program is not there or may not be executed, or this runner
   *     has no terminal to share
   * @throws InterruptedOperationException if the thread was interrupted; its flag is set again
   */
  default int attach(Command command) {
    throw new UnavailableException("This command runner has no terminal to share with " + command);
  }
}
