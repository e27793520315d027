package io.overc.docker.container;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.Labels;
import io.overc.error.VerificationException;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.util.HashMap;
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
 * @param id what names it and no other one, or the begin of that
 * @param state its state, in lower case
 */
record ContainerSummary(String name, String id, String state, Labels labels) {
  /** How much of an id lists show. */
  private static final int SHORT_ID = 12;

  private static final Pattern TEMPLATE = Pattern.compile("[\\w.-]+");

  static ContainerSummary of(EngineContainer container) {
    return new ContainerSummary(
        container.name(), container.id(), container.state(), container.labels());
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
        json.path("ID").asString(json.path("Id").asString("")),
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
    Map<String, ContainerSummary> own = new HashMap<>(all);
    own.keySet().removeIf(one -> !one.equals(name) && !isOurs(one, name, all));
    BackendContainer.Builder builder = BackendContainer.builder(name);
    for (Place place : Place.values()) {
      Optional.ofNullable(own.get(PlaceNames.at(name, place)))
          .ifPresent(one -> builder.at(place, one.instance()));
    }
    @Nullable ContainerSummary old = own.get(PlaceNames.at(name, Place.OLD));
    Stream.of(
            own.get(PlaceNames.intent(name)),
            own.get(PlaceNames.nextIntent(name)),
            own.get(PlaceNames.at(name, Place.FRESH)),
            old == null ? null : own.get(name))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .flatMap(ContainerSummary::intent)
        .ifPresent(builder::intent);
    return builder.build();
  }

  /**
   * Tells whether what has the name of a place is there because of us: it was made with an intent,
   * or the new container says that it replaces it. Anybody may choose such a name.
   */
  static boolean isOurs(String placeName, String name, Map<String, ContainerSummary> all) {
    @Nullable ContainerSummary one = all.get(placeName);
    if (one == null) {
      return false;
    }
    if (!placeName.equals(PlaceNames.at(name, Place.OLD))) {
      return one.hasIntent();
    }
    return Stream.of(all.get(PlaceNames.at(name, Place.FRESH)), all.get(name))
        .flatMap(Stream::ofNullable)
        .anyMatch(other -> other.replaces(one));
  }

  private boolean replaces(ContainerSummary other) {
    return hasIntent()
        && other.id.length() >= SHORT_ID
        && labels.text(Labels.REPLACES).startsWith(other.id);
  }

  boolean hasIntent() {
    return !labels.text(Labels.INTENT).isEmpty() || !labels.text(Labels.WAS_ACTIVE).isEmpty();
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
