package io.overc.examples.console;

import io.overc.error.Remedy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line: a picocli command class and its subcommands, with the options, the output
 * and the exit codes that all programs share.
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *   System.exit(Program.of(OvercCommand.class).run(arguments));
 * }
 * }</pre>
 *
 * <p>Command classes are {@code Callable<Integer>} and return an exit code, usually by {@link
 * Console#show}. They may have a constructor that takes the {@link Console}. Exceptions become one
 * message on standard error (and a JSON document on standard output with {@code --json}) and an
 * exit code: see {@link Exit}. Immutable.
 */
public final class Program {
  private final Class<?> command;
  private final Terminal terminal;
  private final ClassLoader backends;
  private final Map<Class<? extends Throwable>, Integer> exitCodes;
  private final Remedies remedies;

  private Program(
      Class<?> command,
      Terminal terminal,
      ClassLoader backends,
      Map<Class<? extends Throwable>, Integer> exitCodes,
      Remedies remedies) {
    this.command = command;
    this.terminal = terminal;
    this.backends = backends;
    this.exitCodes = exitCodes;
    this.remedies = remedies;
  }

  /**
   * Makes a program.
   *
   * @param command the top command, annotated with {@link CommandLine.Command} and its name
   * @return the program, on the terminal of this process
   */
  public static Program of(Class<?> command) {
    return new Program(
        command, Terminal.system(), command.getClassLoader(), Map.of(), Remedies.NONE);
  }

  /**
   * Returns the same program on another terminal.
   *
   * @param other where it prints and from which environment it is configured
   * @return the new program
   */
  public Program on(Terminal other) {
    return new Program(command, other, backends, exitCodes, remedies);
  }

  /**
   * Returns the same program with the backends that another class loader sees.
   *
   * @param loader the class loader
   * @return the new program
   */
  public Program withBackends(ClassLoader loader) {
    return new Program(command, terminal, loader, exitCodes, remedies);
  }

  /**
   * Returns the same program with an exit code of its own for one kind of exception.
   *
   * @param kind the exception and its subclasses; the kind named first wins
   * @param exitCode the exit code
   * @return the new program
   */
  public Program withExitCode(Class<? extends Throwable> kind, int exitCode) {
    Map<Class<? extends Throwable>, Integer> more = new LinkedHashMap<>(exitCodes);
    more.putIfAbsent(kind, exitCode);
    return new Program(command, terminal, backends, more, remedies);
  }

  /**
   * Returns the same program with a command or an option of its own for one remedy, which it names
   * after the message of a failure that has this remedy.
   *
   * @param action the action of the remedy
   * @param command what a user types, for example {@code -f}; {@code %s} stands for the subject
   * @return the new program
   */
  public Program withRemedy(Remedy.Action action, String command) {
    return new Program(this.command, terminal, backends, exitCodes, remedies.with(action, command));
  }

  /**
   * Runs the program.
   *
   * @param arguments its arguments
   * @return the exit code
   */
  public int run(String... arguments) {
    Console console = new Console(terminal, backends);
    CommandLine line = new CommandLine(command, new CommandFactory(console));
    line.addMixin("common", console.options());
    line.getCommandSpec().versionProvider(new Version(line.getCommandName()));
    CommandLine.IExecutionExceptionHandler failed =
        (exception, at, parsed) -> failed(exception, console, line.getCommandName());
    line.setOut(Version.writer(terminal.out()))
        .setErr(Version.writer(terminal.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setAbbreviatedSubcommandsAllowed(false)
        .setExecutionExceptionHandler(failed)
        .setParameterExceptionHandler((exception, args) -> misused(exception, console, args));
    return line.execute(arguments);
  }

  private int failed(Exception exception, Console console, String program) {
    Failure failure = Failure.of(exception, remedies);
    for (Map.Entry<Class<? extends Throwable>, Integer> own : exitCodes.entrySet()) {
      if (own.getKey().isInstance(exception)) {
        failure = failure.withExitCode(own.getValue());
        break;
      }
    }
    if (console.options().debug) {
      exception.printStackTrace(terminal.err());
    }
    return report(failure, console.json(), program);
  }

  private int misused(ParameterException exception, Console console, String[] arguments) {
    String called = exception.getCommandLine().getCommandSpec().qualifiedName();
    StringBuilder message = new StringBuilder(String.valueOf(exception.getMessage()));
    if (exception instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(first -> message.append(" (did you mean '").append(first).append("'?)"));
    }
    message.append("; see '").append(called).append(" --help'");
    // Parsing stopped at the fault, perhaps before --json was seen.
    boolean json = console.json() || List.of(arguments).contains("--json");
    return report(Failure.usage(message.toString()), json, called.split(" ", 2)[0]);
  }

  private int report(Failure failure, boolean json, String program) {
    if (json) {
      terminal.out().println(Json.write(failure.document()));
      terminal.out().flush();
    }
    terminal.err().println(failure.text(program));
    terminal.err().flush();
    return failure.exitCode();
  }
}
