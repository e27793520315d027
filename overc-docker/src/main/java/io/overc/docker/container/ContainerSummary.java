package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.Labels;
import io.overc.error.VerificationException;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine says in short of one container.
 *
 * @param name how the engine names it
 * @param state its state, in lower case
 */
record ContainerSummary(String name, String state, Labels labels) {
  private static final Pattern TEMPLATE = Pattern.compile("[\\w.-]+");

  static ContainerSummary of(EngineContainer container) {
    return new ContainerSummary(container.name(), container.state(), container.labels());
  }

  /** Reads a line of {@code ps}; the name is empty if there is none. */
  static ContainerSummary listed(JsonNode json) {
    JsonNode names = json.path("Names");
    // Docker prints names in a text, where legacy links add more; podman prints an array.
    String first = names.isArray() ? names.path(0).asString("") : names.asString("");
    String name = first.split(",", 2)[0];
    String state = json.path("State").asString("").toLowerCase(Locale.ROOT);
    // Podman says since when, too: "Up 3 minutes".
    return new ContainerSummary(
        name,
        state.startsWith("up ") ? "running" : state,
        new Labels("the container " + name, object(json.path("Labels"))));
  }

  /** Docker prints labels in a text, in which commas may be part of values; podman an object. */
  private static JsonNode object(JsonNode labels) {
    if (labels.isObject()) {
      return labels;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String label : labels.asString("").split(",", -1)) {
      int equals = label.indexOf('=');
      if (equals > 0) {
        object.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    return object;
  }

  /**
   * Puts together what there is of a container. The label of an intent cannot be taken off again,
   * so that of a new container counts only while another one exists beside it.
   */
  static BackendContainer combine(String name, Map<String, ContainerSummary> all) {
    BackendContainer.Builder builder = BackendContainer.builder(name);
    for (Place place : Place.values()) {
      Optional.ofNullable(all.get(PlaceNames.at(name, place)))
          .ifPresent(one -> builder.at(place, one.instance()));
    }
    @Nullable ContainerSummary old = all.get(PlaceNames.at(name, Place.OLD));
    Stream.of(
            all.get(PlaceNames.intent(name)),
            all.get(PlaceNames.nextIntent(name)),
            all.get(PlaceNames.at(name, Place.FRESH)),
            old == null ? null : all.get(name))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .flatMap(ContainerSummary::intent)
        .ifPresent(builder::intent);
    return builder.build();
  }

  private Instance instance() {
    Instance.State does =
        switch (state) {
          case "running", "restarting" -> Instance.State.RUNNING;
          case "paused" -> Instance.State.FROZEN;
          default -> Instance.State.STOPPED;
        };
    Instance instance = Instance.of(does);
    String template = labels.text(Labels.TEMPLATE);
    if (TEMPLATE.matcher(template).matches()) {
      instance = instance.withTemplate(template);
    }
    return state.equals("created") ? instance.neverStarted() : instance;
  }

  private Optional<Intent> intent() {
    try {
      Optional<Intent> intent = Intent.parse(labels.decoded(Labels.INTENT));
      return intent.or(this::formerIntent);
    } catch (VerificationException e) {
      return Optional.empty();
    }
  }

  /** What was written before there were intents. */
  private Optional<Intent> formerIntent() {
    String active = labels.text(Labels.WAS_ACTIVE);
    return active.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Intent.replace(
                new OperationKind("replacement"), active.equals("true"), true, Optional.empty()));
  }
}
