package io.overc.docker.container;

import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Lists the containers of a template, of all templates for the default one, with one call. */
public record ContainerList(Docker docker, Template template) {
  private static final Set<String> ACTIVE = Set.of("running", "paused", "restarting");
  private static final Pattern NAME = Pattern.compile("[\\w.-]+");
  private static final Logger LOG = LoggerFactory.getLogger(ContainerList.class);

  /** Returns them by name. */
  public List<Container> all() {
    List<String> call = new ArrayList<>(List.of("ps", "--all"));
    if (!template.isDefault()) {
      call.addAll(List.of("--filter", "label=" + Labels.TEMPLATE + "=" + template.name()));
    }
    List<Container> containers = new ArrayList<>();
    for (JsonNode json : docker.list("list containers", call.toArray(String[]::new))) {
      String name = name(json.path("Names"));
      if (name.isEmpty()) {
        LOG.warn("A container without a name is passed over: {}", json.path("ID").asString(""));
      } else if (!Replacement.isTemporary(name)) {
        containers.add(
            new Container(
                name, Optional.of(status(json.path("State"))), template(json.path("Labels"))));
      }
    }
    containers.sort(Comparator.comparing(Container::name));
    return List.copyOf(containers);
  }

  /** Docker prints names in a text, where legacy links add more; podman prints an array. */
  private static String name(JsonNode names) {
    String first = names.isArray() ? names.path(0).asString("") : names.asString("");
    return first.split(",", 2)[0];
  }

  /** Podman says since when, too: "Up 3 minutes". */
  private static ContainerStatus status(JsonNode json) {
    String state = json.asString("").toLowerCase(Locale.ROOT);
    return ACTIVE.contains(state) || state.startsWith("up ")
        ? ContainerStatus.ACTIVE
        : ContainerStatus.INACTIVE;
  }

  /** Docker prints labels in a text in which commas may be part of values; podman an object. */
  private static Optional<String> template(JsonNode labels) {
    String key = Labels.TEMPLATE + "=";
    Stream<String> found =
        labels.isObject()
            ? Stream.of(labels.path(Labels.TEMPLATE).asString(""))
            : Stream.of(labels.asString("").split(","))
                .filter(label -> label.startsWith(key))
                .map(label -> label.substring(key.length()));
    return found.filter(name -> NAME.matcher(name).matches()).findFirst();
  }
}
