package io.overc.container;

import java.util.regex.Pattern;

/**
 * Checks the names of containers, templates and snapshots before they reach a tool or a path.
 *
 * <p>The rule is the part that LXC, Docker and file names have in common: letters, digits, dots,
 * hyphens and underscores, the first a letter or a digit. So no name is an option, leaves its
 * directory or means something to a shell.
 */
public final class ContainerNames {
  /** The most characters a container's or a template's name may have: those of a host name. */
  public static final int MAX_LENGTH = 64;

  private static final int MAX_SNAPSHOT = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  private ContainerNames() {}

  /**
   * Checks the name of a container.
   *
   * @param name the name
   * @return the same name
   * @throws IllegalArgumentException if it is none; says what is allowed
   */
  public static String container(String name) {
    return check("container", name, MAX_LENGTH);
  }

  /**
   * Checks the name of a template.
   *
   * @param name the name
   * @return the same name
   * @throws IllegalArgumentException if it is none; says what is allowed
   */
  public static String template(String name) {
    return check("template", name, MAX_LENGTH);
  }

  /**
   * Checks the id of a snapshot.
   *
   * @param id the id
   * @return the same id
   * @throws IllegalArgumentException if it is none; says what is allowed
   */
  public static String snapshot(String id) {
    return check("snapshot", id, MAX_SNAPSHOT);
  }

  private static String check(String kind, String name, int max) {
    if (name.length() > max || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a %s: expected at most %d letters, digits, dots, hyphens and underscores, the first a letter or a digit"
              .formatted(shown(name), kind, max));
    }
    return name;
  }

  private static String shown(String name) {
    String start = name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH) + "…";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
