package io.overc.docker.service;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names a service, and one of its components where one is meant.
 *
 * @param name the service
 * @param component the component, or empty
 */
public record ServiceName(String name, String component) {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,59}");

  /**
   * Checks the name of the service.
   *
   * @param name the service
   * @param component the component, or empty
   * @throws IllegalArgumentException if the service cannot have the name
   */
  public ServiceName {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name of a service: use 2 to 60 letters, digits, _ . - and begin with a"
              + " letter or digit");
    }
  }

  /**
   * Reads the name of a whole service.
   *
   * @param text the name
   * @return the service
   * @throws IllegalArgumentException if no service can have the name
   */
  public static ServiceName whole(String text) {
    return new ServiceName(text, "");
  }

  /** Reads {@code SERVICE} or {@code SERVICE/COMPONENT}. */
  static ServiceName target(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? whole(text)
        : new ServiceName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Returns the name of the container of a component. */
  String container(String ofComponent) {
    return ofComponent.isEmpty() ? name : name + "-" + ofComponent;
  }

  /** Returns the names of the components, or one empty name for a service that is one. */
  static List<String> parts(List<String> components) {
    return components.isEmpty() ? List.of("") : components;
  }
}
