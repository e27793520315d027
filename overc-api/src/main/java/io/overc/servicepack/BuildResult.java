package io.overc.servicepack;

import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the result of a build or a setup.
 *
 * @param image the image
 * @param imageId how the engine names what it holds
 * @param phase what was done
 * @param cached whether the image was there already, built from the same pack and base image
 * @param secrets the secrets of the instance; none for a base
 * @param environment the variables of the pack, their keys not yet filled in
 */
public record BuildResult(
    ImageTag image,
    String imageId,
    BuildPhase phase,
    boolean cached,
    Secrets secrets,
    List<PackVariable> environment) {

  /**
   * Copies the list.
   *
   * @param image the image
   * @param imageId how the engine names what it holds
   * @param phase what was done
   * @param cached whether the image was there already, built from the same pack and base image
   * @param secrets the secrets of the instance; none for a base
   * @param environment the variables of the pack, their keys not yet filled in
   */
  public BuildResult {
    environment = List.copyOf(environment);
  }

  /**
   * {@return what the user of an instance needs, as {@code NAME=VALUE}: the secrets, then the
   * variables} Take care where you put them.
   */
  public List<String> environmentLines() {
    return Stream.concat(
            secrets.values().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()),
            environment.stream().map(PackVariable::toString))
        .toList();
  }
}
