package io.overc.image;

import io.overc.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to an image of an image list, in the form of VMcatcher: the environment
 * variables {@code VMCATCHER_EVENT_*} and {@code VMCATCHER_CACHE_DIR_*}.
 *
 * <p>Variables that are not known here are kept. An empty variable counts as not set. Immutable;
 * equal events have the same variables.
 *
 * @param variables the variables by their full names, sorted, none empty
 */
public record ImageEvent(SortedMap<String, String> variables) {
  /** How the variables that describe the event begin. */
  public static final String PREFIX = "VMCATCHER_EVENT_";

  /** The variable that names the directory of the cached images. */
  public static final String CACHE_DIRECTORY = "VMCATCHER_CACHE_DIR_CACHE";

  private static final String ALL = "VMCATCHER_";

  /**
   * Copies the variables that are set and that VMcatcher sets.
   *
   * @param variables any variables, such as an environment
   */
  public ImageEvent {
    TreeMap<String, String> own = new TreeMap<>(variables);
    own.entrySet().removeIf(e -> !e.getKey().startsWith(ALL) || e.getValue().isEmpty());
    variables = Collections.unmodifiableSortedMap(own);
  }

  /**
   * {@return the event in an environment}
   *
   * @param environment variables by name, such as {@link System#getenv()}; others are left out
   * @throws IncompleteEventException if {@code VMCATCHER_EVENT_TYPE} is not set
   */
  public static ImageEvent fromEnvironment(Map<String, String> environment) {
    ImageEvent event = new ImageEvent(new TreeMap<>(environment));
    event.required("TYPE");
    return event;
  }

  /**
   * Makes an event of a type about an image.
   *
   * @param type what VMcatcher calls it, for example {@code AvailablePostfix}
   * @param identifier the {@code dc:identifier} of the image
   * @return the event; add to it with {@link #with}
   */
  public static ImageEvent of(String type, String identifier) {
    return new ImageEvent(
        new TreeMap<>(Map.of(PREFIX + "TYPE", type, PREFIX + "DC_IDENTIFIER", identifier)));
  }

  /**
   * {@return the same event with one more variable, or another value of it}
   *
   * @param variable its full name, or the part after {@link #PREFIX}
   * @param value its value; empty removes it
   */
  public ImageEvent with(String variable, String value) {
    TreeMap<String, String> more = new TreeMap<>(variables);
    more.put(variable.startsWith(ALL) ? variable : PREFIX + variable, value);
    return new ImageEvent(more);
  }

  /** {@return the type; {@link ImageEventType#UNKNOWN} for one that is not known here} */
  public ImageEventType type() {
    return ImageEventType.of(typeName());
  }

  /** {@return the type as it was sent; empty if there is none} */
  public String typeName() {
    return find("TYPE").orElse("");
  }

  /**
   * {@return the {@code dc:identifier} of the image}
   *
   * @throws IncompleteEventException if the event has none
   */
  public String identifier() {
    return required("DC_IDENTIFIER");
  }

  /**
   * {@return one part of the event; empty if it is not set}
   *
   * @param name the variable's name without {@link #PREFIX}, for example {@code HV_VERSION}
   */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(PREFIX + name));
  }

  /**
   * {@return one part that the event must have}
   *
   * @param name the variable's name without {@link #PREFIX}
   * @throws IncompleteEventException if it is not set
   */
  public String required(String name) {
    return find(name)
        .orElseThrow(() -> new IncompleteEventException(typeName(), List.of(PREFIX + name)));
  }

  /**
   * {@return everything that describes the event: the variables that begin with {@link #PREFIX}, by
   * their full names; not the directories of the cache}
   */
  public SortedMap<String, String> attributes() {
    return variables.subMap(PREFIX, PREFIX + Character.MAX_VALUE);
  }

  /**
   * {@return where the image lies: {@code VMCATCHER_EVENT_FILENAME} below the directory of the
   * cache, or {@code <cache>/<dc:identifier>} if the event names no file}
   *
   * @throws IncompleteEventException if neither a directory nor an absolute file name is set
   * @throws InvalidArgumentException if the name leads out of the directory
   */
  public Path file() {
    String name = find("FILENAME").orElseGet(this::identifier);
    String directory = variables.get(CACHE_DIRECTORY);
    if (directory == null) {
      Path file = Path.of(name);
      if (!file.isAbsolute()) {
        throw new IncompleteEventException(typeName(), List.of(CACHE_DIRECTORY));
      }
      return file.normalize();
    }
    Path cache = Path.of(directory).toAbsolutePath().normalize();
    Path file = cache.resolve(name).normalize();
    if (!file.startsWith(cache) || file.equals(cache)) {
      throw new InvalidArgumentException(
          "The event names the file '%s', which is not in the cache %s".formatted(name, cache));
    }
    return file;
  }
}
