package io.overc.docker.service;

import io.overc.error.InvalidArgumentException;
import java.util.List;
import java.util.regex.Pattern;

/** Names a service, and one of its components where one is meant. */
record ServiceName(String name, String component) {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,59}");

  ServiceName {
    if (!FORM.matcher(name).matches()) {
      throw new InvalidArgumentException(
          "'"
              + name
              + "' is an invalid service name: use 2 to 60 letters, digits, _ . - and begin with a"
              + " letter or digit");
    }
  }

  static ServiceName whole(String text) {
    return new ServiceName(text, "");
  }

  /** Reads {@code SERVICE} or {@code SERVICE/COMPONENT}. */
  static ServiceName target(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? whole(text)
        : new ServiceName(text.substring(0, slash), text.substring(slash + 1));
  }

  String container(String ofComponent) {
    return ofComponent.isEmpty() ? name : name + "-" + ofComponent;
  }

  /** Returns the names of the components, or one empty name for a service that is one. */
  static List<String> parts(List<String> components) {
    return components.isEmpty() ? List.of("") : components;
  }
}
