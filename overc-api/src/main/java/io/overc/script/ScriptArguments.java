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
   * {@return the spelling of {@code activate}, {@code -a -n NAME [-f]}}
   *
   * @param name the container
   * @param whenActive whether an active one is stopped first
   */
  public static List<String> activate(String name, WhenActive whenActive) {
    return forced(named("-a", name), whenActive);
  }

  /**
   * {@return the spelling of {@code start}, {@code -S -n NAME}}
   *
   * @param name the container
   */
  public static List<String> start(String name) {
    return named("-S", name);
  }

  /**
   * {@return the spelling of {@code stop}, {@code -K -n NAME}}
   *
   * @param name the container
   */
  public static List<String> stop(String name) {
    return named("-K", name);
  }

  /**
   * {@return the spelling of {@code send image}, {@code -s -u URL}}
   *
   * @param image the image
   */
  public static List<String> sendImage(ImageSource image) {
    return List.of("-s", "-u", image.location());
  }

  /** {@return the spelling of {@code update}, {@code -U}} */
  public static List<String> update() {
    return List.of("-U");
  }

  /**
   * {@return the spelling of {@code upgrade} from packages, {@code -r -n NAME}}
   *
   * @param name the container
   */
  public static List<String> upgrade(String name) {
    return named("-r", name);
  }

  /**
   * {@return the spelling of {@code rollback} to the latest snapshot, {@code -R -n NAME}}
   *
   * @param name the container
   */
  public static List<String> rollback(String name) {
    return named("-R", name);
  }

  /**
   * {@return the spelling of {@code rollback} to a snapshot, {@code -R -n NAME -b SNAPSHOT}}
   *
   * @param name the container
   * @param snapshot the snapshot
   */
  public static List<String> rollback(String name, String snapshot) {
    return List.of(
        "-R", "-n", ContainerNames.container(name), "-b", ContainerNames.snapshot(snapshot));
  }

  /**
   * {@return the spelling of {@code snapshot}, {@code -p -n NAME}}
   *
   * @param name the container
   */
  public static List<String> snapshot(String name) {
    return named("-p", name);
  }

  /** {@return the spelling of {@code list}, {@code -L}} */
  public static List<String> list() {
    return List.of("-L");
  }

  /**
   * {@return the spelling of {@code list snapshots}, {@code -B -n NAME}}
   *
   * @param name the container
   */
  public static List<String> listSnapshots(String name) {
    return named("-B", name);
  }

  /**
   * {@return the spelling of {@code status}, {@code -A -n NAME}}
   *
   * @param name the container
   */
  public static List<String> status(String name) {
    return named("-A", name);
  }

  /**
   * {@return the spelling of {@code delete}, {@code -d -n NAME [-f]}}
   *
   * @param name the container
   * @param whenActive whether an active one is stopped first
   */
  public static List<String> delete(String name, WhenActive whenActive) {
    return forced(named("-d", name), whenActive);
  }

  /**
   * {@return the spelling of {@code delete snapshots}, {@code -D -n NAME}}
   *
   * @param name the container
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
