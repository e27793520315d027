package io.overc.docker.engine;

import io.overc.servicepack.PackVariable;
import io.overc.servicepack.Port;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the labels of an image say of the pack in it. An image without them is one of somebody
 * else: all of it is empty.
 *
 * @param id how the engine names the image
 * @param role {@code base}, {@code instance}, or empty
 * @param pack the name of the pack
 * @param digest what a base was built from
 * @param contents the contents of the pack
 * @param environment the variables of the pack
 * @param ports the ports of the pack
 * @param components the components of the pack
 * @param scripts the optional scripts of the pack
 */
public record PackImage(
    String id,
    String role,
    String pack,
    String digest,
    String contents,
    List<PackVariable> environment,
    List<Port> ports,
    List<String> components,
    List<String> scripts) {
  private static final String[] KEYS = {
    Labels.ROLE,
    Labels.PACK,
    Labels.DIGEST,
    Labels.CONTENTS,
    Labels.ENVIRONMENT,
    Labels.PORTS,
    Labels.COMPONENTS,
    Labels.SCRIPTS
  };

  /** How many fields {@link #TEMPLATE} prints. */
  public static final int FIELDS = 1 + KEYS.length;

  /** Prints the fields of {@link #of}, divided by tabs; for images and for containers. */
  public static final String TEMPLATE =
      "{{.Id}}\t" + Stream.of(KEYS).map(Labels::print).collect(Collectors.joining("\t"));

  /**
   * Tells whether it is a base.
   *
   * @return whether it is
   */
  public boolean base() {
    return role.equals("base");
  }

  /**
   * Tells whether it is an instance.
   *
   * @return whether it is
   */
  public boolean instance() {
    return role.equals("instance");
  }

  /**
   * Reads what {@link #TEMPLATE} printed.
   *
   * @param fields the fields, more may follow
   * @return the image
   */
  public static PackImage of(List<String> fields) {
    return new PackImage(
        id(fields.get(0)),
        fields.get(1),
        Labels.decode(fields.get(2)),
        fields.get(3),
        fields.get(4),
        variables(Labels.decode(fields.get(5))),
        list(fields.get(6)).stream().map(Port::parse).toList(),
        list(fields.get(7)),
        list(fields.get(8)));
  }

  /**
   * Completes an id: podman leaves out what Docker begins one with, at times.
   *
   * @param printed what the engine printed
   * @return the id as Docker prints it
   */
  public static String id(String printed) {
    return printed.matches("[0-9a-f]{64}") ? "sha256:" + printed : printed;
  }

  /**
   * Divides a line that the engine printed for a template with tabs.
   *
   * @param line the line
   * @return its fields, empty ones too
   */
  public static List<String> fields(String line) {
    return List.of(line.split("\t", -1));
  }

  private static List<String> list(String label) {
    return Stream.of(label.split(",")).filter(part -> !part.isEmpty()).toList();
  }

  private static List<PackVariable> variables(String lines) {
    return lines
        .lines()
        .map(line -> line.split("=", 2))
        .map(parts -> new PackVariable(parts[0], parts[1]))
        .toList();
  }
}
