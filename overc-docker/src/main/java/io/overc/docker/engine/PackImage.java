package io.overc.docker.engine;

import io.overc.servicepack.PackVariable;
import io.overc.servicepack.Port;
import java.util.List;

/**
 * What the labels of an image say of the pack in it. An image without them is one of somebody else:
 * all of it is empty.
 *
 * @param id how the engine names the image
 * @param labels its labels, or those of a container of it
 */
public record PackImage(String id, Labels labels) {

  public boolean base() {
    return labels.text(Labels.ROLE).equals("base");
  }

  public boolean instance() {
    return labels.text(Labels.ROLE).equals("instance");
  }

  public String pack() {
    return labels.decoded(Labels.PACK);
  }

  public String contents() {
    return labels.text(Labels.CONTENTS);
  }

  public List<PackVariable> environment() {
    return labels.read(
        Labels.ENVIRONMENT,
        text -> labels.decoded(Labels.ENVIRONMENT).lines().map(PackImage::variable).toList());
  }

  public List<Port> ports() {
    return labels.read(
        Labels.PORTS, text -> labels.list(Labels.PORTS).stream().map(Port::parse).toList());
  }

  public List<String> components() {
    return labels.list(Labels.COMPONENTS);
  }

  public List<String> scripts() {
    return labels.list(Labels.SCRIPTS);
  }

  private static PackVariable variable(String line) {
    int equals = line.indexOf('=');
    return new PackVariable(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
  }

  /** Completes an id: podman leaves out what Docker begins one with, at times. */
  public static String id(String printed) {
    return printed.matches("[0-9a-f]{64}") ? "sha256:" + printed : printed;
  }
}
