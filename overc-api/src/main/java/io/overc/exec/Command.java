package io.overc.exec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes one run of a tool: an argument list that reaches the tool as it stands, never through a
 * shell.
 *
 * <p>The child inherits the environment of this process with {@code LC_ALL=C} and the additions of
 * {@link #environment()}; its standard input is empty unless {@link Builder#input} says otherwise.
 * Immutable.
 */
public final class Command {
  /** How long a command may run unless it says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private final Builder spec;

  private Command(Builder spec) {
    this.spec = spec;
  }

  /**
   * Begins a command.
   *
   * @param tool the program, a name on the PATH or a path
   * @param arguments its first arguments
   * @return a builder
   */
  public static Builder of(String tool, String... arguments) {
    return new Builder().arguments(tool).arguments(arguments);
  }

  /**
   * Begins a command.
   *
   * @param arguments the program and its arguments
   * @return a builder
   */
  public static Builder of(List<String> arguments) {
    return new Builder().arguments(arguments);
  }

  /**
   * Returns a builder that holds everything this command holds.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(spec);
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
   * @return more than nothing
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
   * Returns the command line for people: quoted where needed, secrets replaced.
   *
   * @return one line
   */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    for (String argument : spec.arguments) {
      boolean plain = argument.matches("[\\w@%+=:,./-]+");
      words.add(plain ? argument : "'" + argument.replace("'", "'\\''") + "'");
    }
    return Redaction.of(spec.secrets).apply(String.join(" ", words));
  }

  /** Builds a {@link Command}. Not thread-safe. */
  public static final class Builder {
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private boolean bare;
    private @Nullable Path directory;
    private Duration timeout = DEFAULT_TIMEOUT;
    private byte[] input = {};
    private @Nullable Path outputFile;
    private int outputLimit = 1 << 20;
    private Consumer<String> lines = line -> {};

    private Builder() {}

    private Builder(Builder other) {
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
    }

    /**
     * Appends arguments.
     *
     * @param more what to append; each arrives unchanged, blanks and quotes included
     * @return this
     */
    public Builder arguments(String... more) {
      return arguments(List.of(more));
    }

    /**
     * Appends arguments.
     *
     * @param more what to append
     * @return this
     */
    public Builder arguments(Collection<String> more) {
      arguments.addAll(more);
      return this;
    }

    /**
     * Appends a path as an argument.
     *
     * @param path what to append
     * @return this
     */
    public Builder argument(Path path) {
      arguments.add(path.toString());
      return this;
    }

    /**
     * Puts arguments in front, as a wrapper such as {@code chroot DIR} needs.
     *
     * @param wrapper the program that runs this one, and its arguments
     * @return this
     */
    public Builder wrappedIn(Collection<String> wrapper) {
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
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Leaves out the environment of this process, except PATH.
     *
     * @return this
     */
    public Builder bareEnvironment() {
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
    public Builder secretEnvironment(String name, String value) {
      return environment(name, value).secret(value);
    }

    /**
     * Names a text that must never be shown.
     *
     * @param text the secret; empty is ignored
     * @return this
     */
    public Builder secret(String text) {
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
    public Builder directory(Path where) {
      directory = where;
      return this;
    }

    /**
     * Says how long the command may run before its whole process tree is ended.
     *
     * @param limit more than nothing
     * @return this
     */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /**
     * Says what the command reads from its standard input.
     *
     * @param text the input, sent as UTF-8
     * @return this
     */
    public Builder input(String text) {
      input = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /**
     * Sends the standard output to a file, byte for byte and unbounded.
     *
     * @param file created, or overwritten
     * @return this
     */
    public Builder outputFile(Path file) {
      outputFile = file;
      return this;
    }

    /**
     * Says how much of each output stream is kept.
     *
     * @param bytes more than nothing
     * @return this
     */
    public Builder outputLimit(int bytes) {
      outputLimit = bytes;
      return this;
    }

    /**
     * Says who hears each line of both output streams as it comes, with secrets replaced. Lines of
     * more than 64 KiB come in parts. The two streams are read by two threads; the consumer is
     * never called by both at once.
     *
     * @param consumer who hears
     * @return this
     */
    public Builder lines(Consumer<String> consumer) {
      lines = consumer;
      return this;
    }

    /**
     * Makes the command.
     *
     * @return the command
     * @throws IllegalArgumentException if there is no program, the timeout or the limit is not
     *     positive, or an argument holds a NUL character
     */
    public Command build() {
      if (arguments.isEmpty() || arguments.get(0).isEmpty()) {
        throw new IllegalArgumentException("a command needs a program");
      }
      if (arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
        throw new IllegalArgumentException("an argument of " + arguments.get(0) + " holds a NUL");
      }
      if (timeout.isNegative() || timeout.isZero() || outputLimit <= 0) {
        throw new IllegalArgumentException("timeout and output limit must be positive");
      }
      return new Command(new Builder(this));
    }
  }
}
