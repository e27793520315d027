package io.overc.examples.console;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.config.ConfigFile;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command has at hand: the configuration and the backends, a listener that shows progress,
 * and the way to show its result.
 *
 * <p>A command class of a {@link Program} gets it through its constructor. Its methods work once
 * the arguments are read, that is, from the command's {@code call} on.
 */
public final class Console {
  private final Terminal terminal;
  private final ClassLoader backends;
  private final CommonOptions options = new CommonOptions();

  Console(Terminal terminal, ClassLoader backends) {
    this.terminal = terminal;
    this.backends = backends;
  }

  /**
   * Reads the configuration that the options and the environment name.
   *
   * @return the configuration
   */
  public Config config() {
    return ConfigFile.locate(options.config, terminal.environment());
  }

  /**
   * Finds the backends, configured by {@link #config()}.
   *
   * @return the entry point
   */
  public Overc overc() {
    return Overc.builder().config(config()).classLoader(backends).load();
  }

  /**
   * Returns a listener that shows progress on standard error: one live line for each step on a
   * terminal, plain lines elsewhere, nothing with {@code --quiet}.
   *
   * @return a new listener, for any number of operations one after the other
   */
  public Listener progress() {
    if (options.quiet) {
      return Listener.none();
    }
    return terminal.columns().isPresent()
        ? new LiveProgress(terminal.err(), terminal.columns().getAsInt(), options.verbose)
        : new PlainProgress(terminal.err(), options.verbose);
  }

  /**
   * Returns what a command passes to an operation: {@link #progress()} listens.
   *
   * @return the options
   */
  public OperationOptions call() {
    return OperationOptions.of(progress());
  }

  /**
   * Shows the result of a command on standard output.
   *
   * @param document what {@code --json} prints: a record, or anything made of maps, lists and
   *     records
   * @param human prints the same for people
   * @return {@link Exit#DONE}
   */
  public int show(Object document, Consumer<PrintStream> human) {
    if (options.json) {
      terminal.out().println(Json.write(document));
    } else {
      human.accept(terminal.out());
    }
    terminal.out().flush();
    return Exit.DONE;
  }

  /**
   * Tells whether the result is wanted as JSON; for commands that cannot use {@link #show}.
   *
   * @return whether {@code --json} was given
   */
  public boolean json() {
    return options.json;
  }

  /**
   * Tells whether no progress is wanted.
   *
   * @return whether {@code --quiet} was given
   */
  public boolean quiet() {
    return options.quiet;
  }

  /**
   * Returns where results go. With {@code --json} nothing but one document may go there.
   *
   * @return standard output, in UTF-8
   */
  public PrintStream out() {
    return terminal.out();
  }

  /**
   * Returns where everything but the result goes.
   *
   * @return standard error, in UTF-8
   */
  public PrintStream err() {
    return terminal.err();
  }

  /**
   * Returns the environment of the program.
   *
   * @return values by variable
   */
  public Map<String, String> environment() {
    return terminal.environment();
  }

  /**
   * Returns the terminal the program runs on, to run another program on the same.
   *
   * @return the terminal
   */
  public Terminal terminal() {
    return terminal;
  }

  CommonOptions options() {
    return options;
  }
}
