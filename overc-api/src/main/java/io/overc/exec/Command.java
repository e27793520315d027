package io.overc.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Describes one run of a tool: an argument list that reaches the tool as it stands, never through a
 * shell.
 *
 * <p>The child inherits the environment of this process with {@code LC_ALL=C} and the additions of
 * {@link #environment()}; its standard input is empty unless {@link CommandBuilder#input} says
 * otherwise. Immutable.
 */
public final class Command {
  /** How long a command may run unless it says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private static final int SUMMARY = 450;

  private final CommandBuilder spec;

  Command(CommandBuilder spec) {
    this.spec = spec;
  }

  /**
   * {@return a new builder of a command}
   *
   * @param tool the program, a name on the PATH or a path
   * @param arguments its first arguments
   */
  public static CommandBuilder of(String tool, String... arguments) {
    return new CommandBuilder().arguments(tool).arguments(arguments);
  }

  /**
   * {@return a new builder of a command}
   *
   * @param arguments the program and its arguments
   */
  public static CommandBuilder of(List<String> arguments) {
    return new CommandBuilder().arguments(arguments);
  }

  /** {@return a builder that holds everything this command holds} */
  public CommandBuilder toBuilder() {
    return new CommandBuilder(spec);
  }

  /** {@return the program and its arguments; an immutable list, never empty} */
  public List<String> arguments() {
    return List.copyOf(spec.arguments);
  }

  /** {@return the name of the tool: the last part of the program's path} */
  public String tool() {
    String program = spec.arguments.get(0);
    return program.substring(program.lastIndexOf('/') + 1);
  }

  /** {@return what is added to the inherited environment: values by variable} */
  public Map<String, String> environment() {
    return Map.copyOf(spec.environment);
  }

  /**
   * {@return whether the environment of this process is left out: the child sees PATH, LC_ALL and
   * {@link #environment()} only}
   */
  public boolean bareEnvironment() {
    return spec.bare;
  }

  /** {@return the directory in which the command runs; empty for the one of this process} */
  public Optional<Path> directory() {
    return Optional.ofNullable(spec.directory);
  }

  /** {@return how long the command may run; positive} */
  public Duration timeout() {
    return spec.timeout;
  }

  /** {@return the bytes that the command reads from its standard input; empty for none} */
  public byte[] input() {
    return spec.input.clone();
  }

  /**
   * {@return the file that receives the standard output instead of {@link CommandResult#stdout()},
   * if there is one}
   */
  public Optional<Path> outputFile() {
    return Optional.ofNullable(spec.outputFile);
  }

  /** {@return how many bytes of each output stream are kept: head and tail, half each} */
  public int outputLimit() {
    return spec.outputLimit;
  }

  /**
   * {@return the texts that are replaced wherever this command or its output is shown; immutable}
   */
  public Set<String> secrets() {
    return Set.copyOf(spec.secrets);
  }

  /** {@return the consumer of each line of output, called as it comes} */
  public Consumer<String> lines() {
    return spec.lines;
  }

  /**
   * {@return the consumer of each line of the standard error; that of {@link #lines} unless another
   * one was named}
   */
  public Consumer<String> errorLines() {
    return spec.errorLines == null ? spec.lines : spec.errorLines;
  }

  /** {@return the command line for people, on one line: quoted where needed, secrets replaced} */
  @Override
  public String toString() {
    return CommandLineText.of(spec.arguments, Redaction.of(spec.secrets));
  }

  /** Returns the command line for messages: of a long one, its beginning and its end. */
  String summary() {
    String text = toString();
    return text.length() <= SUMMARY
        ? text
        : text.substring(0, SUMMARY * 2 / 3) + " … " + text.substring(text.length() - SUMMARY / 3);
  }
}
