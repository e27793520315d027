package io.overc.docker;

import io.overc.docker.engine.Labels;
import io.overc.testkit.ScriptedCommandRunner;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays the engine: what it answers to the calls of lists. */
final class Answers {
  private Answers() {}

  /** Returns an engine with images that are snapshots: labels by tag. */
  static ScriptedCommandRunner snapshots(Map<String, Map<String, String>> images) {
    return new ScriptedCommandRunner()
        .answer("docker images --format \\{\\{.Tag}} overc-snapshot", lines(images.keySet()))
        .answer(
            "docker image inspect .*",
            images.entrySet().stream()
                .map(
                    image ->
                        "{\"Id\":\"sha256:1\",\"RepoTags\":[\"overc-snapshot:%s\"],\"Config\":{\"Labels\":%s}}"
                            .formatted(image.getKey(), json(image.getValue())))
                .collect(Collectors.joining(",", "[", "]")));
  }

  /** Returns an engine with containers of services: labels by name. */
  static ScriptedCommandRunner services(Map<String, Map<String, String>> containers) {
    return new ScriptedCommandRunner()
        .answer(
            "docker ps --all --quiet --no-trunc --filter label=" + Labels.MARK,
            lines(containers.keySet()))
        .answer(
            "docker container inspect .*",
            containers.entrySet().stream()
                .map(
                    container ->
                        ("{\"Id\":\"%s\",\"Name\":\"/%s\",\"State\":{\"Status\":\"running\",\"Running\":true},"
                                + "\"Config\":{\"Labels\":%s}}")
                            .formatted(
                                container.getKey(), container.getKey(), json(container.getValue())))
                .collect(Collectors.joining(",", "[", "]")));
  }

  private static String lines(Collection<String> names) {
    return String.join("\n", names) + "\n";
  }

  private static String json(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
