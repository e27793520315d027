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
   * Begins a command.
   *
   * @param tool the program, a name on the PATH or a path
   * @param arguments its first arguments
   * @return a builder
   */
  public static CommandBuilder of(String tool, String... arguments) {
    return new CommandBuilder().arguments(tool).arguments(arguments);
  }

  /**
   * Begins a command.
   *
   * @param arguments the program and its arguments
   * @return a builder
   */
  public static CommandBuilder of(List<String> arguments) {
    return new CommandBuilder().arguments(arguments);
  }

  /**
   * Returns a builder that holds everything this command holds.
   *
   * @return a new builder
   */
  public CommandBuilder toBuilder() {
    return new CommandBuilder(spec);
  }

  /**
   * Returns the program and its arguments.
   *
   * @return an immutable list, never empty
   */
  public List<String> arguments() {
    return List.copyOf(spec.arguments);
  }

  /**
   * Returns the name of the tool: the last part of the program's path.
   *
   * @return the name
   */
  public String tool() {
    String program = spec.arguments.get(0);
    return program.substring(program.lastIndexOf('/') + 1);
  }

  /**
   * Returns what is added to the inherited environment.
   *
   * @return values by variable
   */
  public Map<String, String> environment() {
    return Map.copyOf(spec.environment);
  }

  /**
   * Tells whether the environment of this process is left out.
   *
   * @return whether the child sees PATH, LC_ALL and {@link #environment()} only
   */
  public boolean bareEnvironment() {
    return spec.bare;
  }

  /**
   * Returns where the command runs.
   *
   * @return a directory, or empty for the one of this process
   */
  public Optional<Path> directory() {
    return Optional.ofNullable(spec.directory);
  }

  /**
   * Returns how long the command may run.
   *
   * @return positive
   */
  public Duration timeout() {
    return spec.timeout;
  }

  /**
   * Returns what the command reads from its standard input.
   *
   * @return the bytes; empty for none
   */
  public byte[] input() {
    return spec.input.clone();
  }

  /**
   * Returns the file that receives the standard output instead of {@link CommandResult#stdout()}.
   *
   * @return the file, or empty
   */
  public Optional<Path> outputFile() {
    return Optional.ofNullable(spec.outputFile);
  }

  /**
   * Returns how much of each output stream is kept: head and tail, half each.
   *
   * @return bytes
   */
  public int outputLimit() {
    return spec.outputLimit;
  }

  /**
   * Returns the texts that are replaced wherever this command or its output is shown.
   *
   * @return an immutable set
   */
  public Set<String> secrets() {
    return Set.copyOf(spec.secrets);
  }

  /**
   * Returns who hears each line of output as it comes.
   *
   * @return the consumer
   */
  public Consumer<String> lines() {
    return spec.lines;
  }

  /**
   * Returns who hears each line of the standard error as it comes.
   *
   * @return the consumer; that of {@link #lines} unless another one was named
   */
  public Consumer<String> errorLines() {
    return spec.errorLines == null ? spec.lines : spec.errorLines;
  }

  /**
   * Returns the command line for people: quoted where needed, secrets replaced.
   *
   * @return one line
   */
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
