package io.overc.docker;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.testkit.ScriptedCommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Plays an engine that keeps containers and images, and counts how often it is called. */
final class PlayedEngine implements CommandRunner {
  private final Map<String, Container> containers = new TreeMap<>();
  private final Map<String, String> imageLabels = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();

  private int ids;

  private record Container(String id, String state, String labels) {
    Container in(String now) {
      return new Container(id, now, labels);
    }
  }

  PlayedEngine(String... images) {
    for (String image : images) {
      imageLabels.put(image, "{}");
    }
  }

  /** Returns the subcommands that were called since this was asked last, in order. */
  List<String> calls() {
    List<String> all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  @Override
  public CommandResult run(Command command) {
    List<String> words = command.arguments().subList(1, command.arguments().size());
    boolean inspect = words.get(1).equals("inspect");
    calls.add(inspect ? words.get(0) + " inspect" : words.get(0));
    String last = words.get(words.size() - 1);
    String name = option(words, "--name");
    return switch (calls.get(calls.size() - 1)) {
      case "create" ->
          put(
              command,
              name,
              new Container("%012d".formatted(++ids), "created", labels(words, "--label")));
      case "start" -> put(command, last, require(last).in("running"));
      case "stop" -> put(command, last, require(last).in("exited"));
      case "rename" -> {
        Container moved = require(words.get(1));
        containers.remove(words.get(1));
        yield put(command, last, moved);
      }
      case "rm" -> answer(command, "" + containers.values().removeIf(one -> one.id.equals(last)));
      case "commit" -> {
        imageLabels.put(last, labels(words, "--change"));
        yield answer(command, "sha256:1");
      }
      case "rmi" -> answer(command, "" + imageLabels.remove(last));
      case "images" ->
          answer(
              command,
              imageLabels.keySet().stream()
                  .filter(image -> image.startsWith(last + ":"))
                  .map(image -> image.substring(last.length() + 1))
                  .collect(Collectors.joining("\n")));
      case "ps" ->
          answer(
              command,
              containers.entrySet().stream()
                  .map(
                      one ->
                          words.contains("--quiet")
                              ? one.getKey()
                              : listed(one.getKey(), one.getValue()))
                  .collect(Collectors.joining("\n")));
      case "container inspect" -> inspect(command, words, containers.keySet(), this::container);
      case "image inspect" -> inspect(command, words, imageLabels.keySet(), this::image);
      case "network" -> answer(command, "");
      case "exec" -> answer(command, "Inst hello (2 local [all])\n"); // As apt-get --simulate.
      case "logs" -> answer(command, "");
      default -> throw new AssertionError(command);
    };
  }

  @Override
  public RunningCommand start(Command command) {
    throw new AssertionError(command);
  }

  @Override
  public int attach(Command command) {
    throw new AssertionError(command);
  }

  private Container require(String name) {
    return Objects.requireNonNull(containers.get(name), name);
  }

  private CommandResult put(Command command, String name, Container container) {
    containers.put(name, container);
    return answer(command, container.id + "\n");
  }

  private static CommandResult inspect(
      Command command, List<String> words, Set<String> known, UnaryOperator<String> describe) {
    List<String> names = words.subList(2, words.size());
    String found =
        names.stream()
            .filter(known::contains)
            .map(describe)
            .collect(Collectors.joining(",", "[", "]"));
    boolean all = known.containsAll(names);
    return ScriptedCommandRunner.result(
        command, all ? 0 : 1, found, all ? "" : "Error: No such object: one of " + names);
  }

  private String container(String name) {
    Container one = require(name);
    return "{\"Id\":\"%s\",\"Name\":\"/%s\",\"Image\":\"sha256:1\",\"State\":{\"Status\":\"%s\",\"Running\":%s},\"Config\":{\"Labels\":%s}}"
        .formatted(one.id, name, one.state, one.state.equals("running"), one.labels);
  }

  private String image(String name) {
    return "{\"Id\":\"sha256:1\",\"RepoTags\":[\"%s\"],\"Config\":{\"Labels\":%s}}"
        .formatted(name, imageLabels.get(name));
  }

  private static String listed(String name, Container one) {
    return "{\"ID\":\"1\",\"Names\":\"%s\",\"State\":\"%s\",\"Labels\":\"\"}"
        .formatted(name, one.state);
  }

  private static CommandResult answer(Command command, String output) {
    return ScriptedCommandRunner.result(command, 0, output, "");
  }

  private static String option(List<String> words, String option) {
    int at = words.indexOf(option);
    return at < 0 ? "" : words.get(at + 1);
  }

  /** Labels are given as {@code --label A=B}, as {@code --label=A=B}, or as {@code LABEL A=B}. */
  private static String labels(List<String> words, String option) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(option + "=")) {
        labels.add(word.substring(option.length() + 1));
      } else if (word.equals(option)) {
        labels.add(words.get(i + 1).replaceFirst("^LABEL ", ""));
      }
    }
    return labels.stream()
        .map(label -> "\"" + label.replaceFirst("=", "\":\"") + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
