package io.overc.docker.engine;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the docker command, and reads the JSON that it prints.
 *
 * @param command the command and its own options
 * @param timeout how long a plain call may take
 */
public record Docker(
    CommandRunner runner, SideEffects effects, List<String> command, Duration timeout) {
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "Cannot connect to the Docker daemon|Is the docker daemon running|error during connect"
              + "|permission denied while trying to connect|unable to connect to Podman");
  private static final Pattern MISSING =
      Pattern.compile(
          "(?i)no such (container|image|network|object)|no container with name or ID"
              + "|image not known|network (\\S+ )?not found");
  private static final Pattern ERROR = Pattern.compile("(?i)^error");
  private static final Pattern TAKEN =
      Pattern.compile("already in use|already exists|already used");

  /** How many things one call describes: so neither a command line nor an output gets too long. */
  private static final int BATCH = 250;

  private static final int OUTPUT_LIMIT = 1 << 26;

  public CommandBuilder call(String... arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  public CommandBuilder call(Collection<String> arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  /** Begins a call that makes a container; image and command are to follow. */
  public CommandBuilder create(String name, List<String> options) {
    Variables variables = Variables.of(options);
    CommandBuilder call = call("create", "--name", name).arguments(variables.options());
    variables
        .texts()
        .forEach((key, value) -> call.arguments("--env", key).secretEnvironment(key, value));
    return variables.lines().isEmpty()
        ? call
        : call.arguments("--env-file", "/dev/stdin")
            .input(String.join("\n", variables.lines()) + "\n");
  }

  /** Makes a call that may fail for its own reasons, but not because the engine is away. */
  public CommandResult run(Command call) {
    CommandResult result = runner.run(call);
    if (!result.succeeded() && UNREACHABLE.matcher(result.stderr()).find()) {
      throw new UnavailableException(
          "The Docker engine did not answer: "
              + result.stderr().strip()
              + "; start it (dockerd, or 'systemctl start docker'), or set DOCKER_HOST");
    }
    return result;
  }

  public CommandResult run(String... arguments) {
    return run(call(arguments).build());
  }

  /** Makes a call that must succeed; {@code attempt} says what it does, for the message. */
  public CommandResult require(String attempt, String... arguments) {
    return run(arguments).orThrow(attempt);
  }

  /**
   * Makes a short call that changes something.
   *
   * <p>What the engine was asked to do it does, even if the command that asked is killed. So the
   * call is awaited although the operation is cancelled, and the operation ends after it, when it
   * is known what there is to be put back.
   */
  public CommandResult change(String effect, CommandBuilder call) {
    Command built = call.build();
    Cancellation.check("about to " + effect);
    CommandResult result = Cancellation.shielded(() -> effects.make(effect, () -> run(built)));
    if (result.succeeded()) {
      Cancellation.check("waiting for the engine to " + effect);
    }
    return result;
  }

  public CommandResult requireChange(String effect, String attempt, String... arguments) {
    return change(effect, call(arguments)).orThrow(attempt);
  }

  /** Describes one thing, a {@code container}, an {@code image} or a {@code network}. */
  public Optional<JsonNode> inspect(String kind, String name) {
    return inspect(kind, List.of(name)).stream().findFirst();
  }

  /** Describes things of one kind, in any order; those that are not there any more are left out. */
  public List<JsonNode> inspect(String kind, List<String> names) {
    List<JsonNode> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i += BATCH) {
      List<String> batch = names.subList(i, Math.min(names.size(), i + BATCH));
      CommandBuilder call = call(kind, "inspect").arguments(batch).outputLimit(OUTPUT_LIMIT);
      CommandResult result = run(call.build());
      String more = batch.size() == 1 ? "" : " and " + (batch.size() - 1) + " more";
      String attempt = "examine the " + kind + " " + batch.get(0) + more;
      if (!missing(result)) {
        result.orThrow(attempt);
      }
      all.addAll(values(attempt, result));
    }
    return all;
  }

  /** Returns what a call prints with {@code --format {{json .}}}. */
  public List<JsonNode> list(String attempt, String... arguments) {
    CommandBuilder call =
        call(arguments).arguments("--format", "{{json .}}").outputLimit(OUTPUT_LIMIT);
    return values(attempt, run(call.build()).orThrow(attempt));
  }

  /** Returns the lines that a call prints, without empty ones and repetitions. */
  public List<String> lines(String attempt, String... arguments) {
    return run(call(arguments).outputLimit(OUTPUT_LIMIT).build())
        .orThrow(attempt)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .distinct()
        .toList();
  }

  public List<String> log(String container, int lines) {
    List<String> log = new ArrayList<>();
    run(call("logs", "--tail", String.valueOf(lines), container)
            .lines(line -> log.add(Printable.text(line)))
            .build())
        .orThrow("read the log of the container " + container);
    return List.copyOf(log);
  }

  /**
   * Tells whether a call failed because what it names is not there. Every error must say so: "no
   * such file or directory" is the engine's own trouble, and what it names may well be there.
   */
  public static boolean missing(CommandResult result) {
    return !result.succeeded()
        && MISSING.matcher(result.stderr()).find()
        && result
            .stderr()
            .lines()
            .filter(line -> ERROR.matcher(line).find())
            .allMatch(line -> MISSING.matcher(line).find());
  }

  public static boolean taken(CommandResult result) {
    return !result.succeeded() && TAKEN.matcher(result.stderr()).find();
  }

  /** Docker prints one value a line where podman prints an array; both print arrays for inspect. */
  private static List<JsonNode> values(String attempt, CommandResult result) {
    List<JsonNode> values = new ArrayList<>();
    try (MappingIterator<JsonNode> all =
        JsonMapper.shared().readerFor(JsonNode.class).readValues(result.stdout())) {
      while (all.hasNext()) {
        JsonNode next = all.next();
        if (next.isArray()) {
          next.forEach(values::add);
        } else {
          values.add(next);
        }
      }
      return values;
    } catch (JacksonException e) {
      throw new OvercException(
          "Could not %s: the engine answered no JSON: %s"
              .formatted(attempt, e.getOriginalMessage()),
          e);
    }
  }
}
