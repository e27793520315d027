package io.overc.script;

import io.overc.container.ContainerNames;
import io.overc.container.ImageSource;
import io.overc.container.WhenActive;
import java.util.List;

/**
 * Spells the argument lists of the container script protocol, one for each operation. Names are
 * checked here, so that none can be taken for an option.
 */
public final class ScriptArguments {
  private ScriptArguments() {}

  /**
   * Spells {@code activate}.
   *
   * @param name the container
   * @param whenActive whether an active one is stopped first
   * @return {@code -a -n NAME [-f]}
   */
  public static List<String> activate(String name, WhenActive whenActive) {
    return forced(named("-a", name), whenActive);
  }

  /**
   * Spells {@code start}.
   *
   * @param name the container
   * @return {@code -S -n NAME}
   */
  public static List<String> start(String name) {
    return named("-S", name);
  }

  /**
   * Spells {@code stop}.
   *
   * @param name the container
   * @return {@code -K -n NAME}
   */
  public static List<String> stop(String name) {
    return named("-K", name);
  }

  /**
   * Spells {@code send image}.
   *
   * @param image the image
   * @return {@code -s -u URL}
   */
  public static List<String> sendImage(ImageSource image) {
    return List.of("-s", "-u", image.location());
  }

  /** {@return the spelling of {@code update}, {@code -U}} */
  public static List<String> update() {
    return List.of("-U");
  }

  /**
   * Spells {@code upgrade} from packages.
   *
   * @param name the container
   * @return {@code -r -n NAME}
   */
  public static List<String> upgrade(String name) {
    return named("-r", name);
  }

  /**
   * Spells {@code rollback} to the latest snapshot.
   *
   * @param name the container
   * @return {@code -R -n NAME}
   */
  public static List<String> rollback(String name) {
    return named("-R", name);
  }

  /**
   * Spells {@code rollback} to a snapshot.
   *
   * @param name the container
   * @param snapshot the snapshot
   * @return {@code -R -n NAME -b SNAPSHOT}
   */
  public static List<String> rollback(String name, String snapshot) {
    return List.of(
        "-R", "-n", ContainerNames.container(name), "-b", ContainerNames.snapshot(snapshot));
  }

  /**
   * Spells {@code snapshot}.
   *
   * @param name the container
   * @return {@code -p -n NAME}
   */
  public static List<String> snapshot(String name) {
    return named("-p", name);
  }

  /** {@return the spelling of {@code list}, {@code -L}} */
  public static List<String> list() {
    return List.of("-L");
  }

  /**
   * Spells {@code list snapshots}.
   *
   * @param name the container
   * @return {@code -B -n NAME}
   */
  public static List<String> listSnapshots(String name) {
    return named("-B", name);
  }

  /**
   * Spells {@code status}.
   *
   * @param name the container
   * @return {@code -A -n NAME}
   */
  public static List<String> status(String name) {
    return named("-A", name);
  }

  /**
   * Spells {@code delete}.
   *
   * @param name the container
   * @param whenActive whether an active one is stopped first
   * @return {@code -d -n NAME [-f]}
   */
  public static List<String> delete(String name, WhenActive whenActive) {
    return forced(named("-d", name), whenActive);
  }

  /**
   * Spells {@code delete snapshots}.
   *
   * @param name the container
   * @return {@code -D -n NAME}
   */
  public static List<String> deleteSnapshots(String name) {
    return named("-D", name);
  }

  private static List<String> named(String verb, String name) {
    return List.of(verb, "-n", ContainerNames.container(name));
  }

  private static List<String> forced(List<String> arguments, WhenActive whenActive) {
    return whenActive == WhenActive.REFUSE
        ? arguments
        : List.of(arguments.get(0), arguments.get(1), arguments.get(2), "-f");
  }
}
