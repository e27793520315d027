package io.overc.exec;

import io.overc.error.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Command}. Not thread-safe. */
public final class CommandBuilder {
  final List<String> arguments = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  final Set<String> secrets = new LinkedHashSet<>();
  boolean bare;
  @Nullable Path directory;
  Duration timeout = Command.DEFAULT_TIMEOUT;
  byte[] input = {};
  @Nullable Path outputFile;
  int outputLimit = 1 << 20;
  Consumer<String> lines = line -> {};
  @Nullable Consumer<String> errorLines;

  CommandBuilder() {}

  CommandBuilder(CommandBuilder other) {
    arguments.addAll(other.arguments);
    environment.putAll(other.environment);
    secrets.addAll(other.secrets);
    bare = other.bare;
    directory = other.directory;
    timeout = other.timeout;
    input = other.input;
    outputFile = other.outputFile;
    outputLimit = other.outputLimit;
    lines = other.lines;
    errorLines = other.errorLines;
  }

  /**
   * Appends arguments.
   *
   * @param more what to append; each arrives unchanged, blanks and quotes included
   * @return this
   */
  public CommandBuilder arguments(String... more) {
    return arguments(List.of(more));
  }

  /**
   * Appends arguments.
   *
   * @param more what to append
   * @return this
   */
  public CommandBuilder arguments(Collection<String> more) {
    arguments.addAll(more);
    return this;
  }

  /**
   * Appends a path as an argument.
   *
   * @param path what to append
   * @return this
   */
  public CommandBuilder argument(Path path) {
    arguments.add(path.toString());
    return this;
  }

  /**
   * Puts arguments in front, as a wrapper such as {@code chroot DIR} needs.
   *
   * @param wrapper the program that runs this one, and its arguments
   * @return this
   */
  public CommandBuilder wrappedIn(Collection<String> wrapper) {
    arguments.addAll(0, wrapper);
    return this;
  }

  /**
   * Adds a variable to the environment.
   *
   * @param name the variable
   * @param value its value
   * @return this
   */
  public CommandBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Leaves out the environment of this process, except PATH. As always, LC_ALL and the mark by
   * which what the command started is found are set.
   *
   * @return this
   */
  public CommandBuilder bareEnvironment() {
    bare = true;
    return this;
  }

  /**
   * Adds a variable whose value must never be shown.
   *
   * @param name the variable
   * @param value its value
   * @return this
   */
  public CommandBuilder secretEnvironment(String name, String value) {
    return environment(name, value).secret(value);
  }

  /**
   * Names a text that must never be shown.
   *
   * @param text the secret; empty is ignored
   * @return this
   */
  public CommandBuilder secret(String text) {
    if (!text.isEmpty()) {
      secrets.add(text);
    }
    return this;
  }

  /**
   * Says where the command runs.
   *
   * @param where an existing directory
   * @return this
   */
  public CommandBuilder directory(Path where) {
    directory = where;
    return this;
  }

  /**
   * Says how long the command may run before its whole process tree is ended.
   *
   * @param limit positive
   * @return this
   */
  public CommandBuilder timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  /**
   * Says what the command reads from its standard input.
   *
   * @param text the input, sent as UTF-8
   * @return this
   */
  public CommandBuilder input(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /**
   * Sends the standard output to a file, byte for byte and unbounded.
   *
   * @param file created, or overwritten
   * @return this
   */
  public CommandBuilder outputFile(Path file) {
    outputFile = file;
    return this;
  }

  /**
   * Says how much of each output stream is kept.
   *
   * @param bytes positive
   * @return this
   */
  public CommandBuilder outputLimit(int bytes) {
    outputLimit = bytes;
    return this;
  }

  /**
   * Sets the consumer of each line of both output streams, called as it comes, secrets replaced.
   * Lines of more than 64 KiB come in parts. The consumer is called by the thread that runs the
   * command or by one of two others, never by two at once.
   *
   * @param consumer receives the lines without their ends
   * @return this
   */
  public CommandBuilder lines(Consumer<String> consumer) {
    lines = consumer;
    return this;
  }

  /**
   * Sets another consumer for the lines of the standard error; otherwise as {@link #lines}.
   *
   * @param consumer receives the lines without their ends
   * @return this
   */
  public CommandBuilder errorLines(Consumer<String> consumer) {
    errorLines = consumer;
    return this;
  }

  /**
   * {@return the new command}
   *
   * @throws InvalidArgumentException if there is no program, the timeout or the limit is not
   *     positive, an argument or a variable holds a NUL character, or a variable has no name or an
   *     {@code =} in it
   */
  public Command build() {
    if (arguments.isEmpty() || arguments.get(0).isEmpty()) {
      throw new InvalidArgumentException("Invalid command: it names no program");
    }
    if (arguments.stream().anyMatch(CommandBuilder::holdsNul)) {
      throw new InvalidArgumentException(
          "Invalid argument of " + arguments.get(0) + ": it holds a NUL");
    }
    environment.forEach(CommandBuilder::checkVariable);
    if (timeout.isNegative() || timeout.isZero() || outputLimit <= 0) {
      throw new InvalidArgumentException(
          "Invalid timeout or output limit of %s: expected positive ones"
              .formatted(arguments.get(0)));
    }
    return new Command(new CommandBuilder(this));
  }

  private static void checkVariable(String name, String value) {
    if (name.isEmpty() || name.contains("=") || holdsNul(name)) {
      throw new InvalidArgumentException(
          "Invalid name of an environment variable '" + name + "': expected no '=' and no NUL");
    }
    if (holdsNul(value)) {
      throw new InvalidArgumentException(
          "Invalid value of the environment variable " + name + ": it holds a NUL");
    }
  }

  private static boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }
}
