package io.overc.container;

import io.overc.error.InvalidArgumentException;
import io.overc.snapshot.SubjectNames;

/**
 * Checks the names of containers and templates before they reach a tool or a path, by the rule of
 * {@link SubjectNames}.
 */
public final class ContainerNames {
  /** The most characters a container's or a template's name may have: those of a host name. */
  public static final int MAX_LENGTH = 64;

  private static final int MAX_SNAPSHOT = 200;

  private ContainerNames() {}

  /**
   * Checks the name of a container.
   *
   * @param name the name
   * @return the same name
   * @throws InvalidArgumentException if it is invalid; says what is allowed
   */
  public static String container(String name) {
    return SubjectNames.check("container", name, MAX_LENGTH);
  }

  /**
   * Checks the name of a template.
   *
   * @param name the name
   * @return the same name
   * @throws InvalidArgumentException if it is invalid; says what is allowed
   */
  public static String template(String name) {
    return SubjectNames.check("template", name, MAX_LENGTH);
  }

  /**
   * Checks the id of a snapshot that becomes a part of a path.
   *
   * @param id the id
   * @return the same id
   * @throws InvalidArgumentException if it is invalid; says what is allowed
   */
  public static String snapshot(String id) {
    return SubjectNames.check("snapshot", id, MAX_SNAPSHOT);
  }
}
