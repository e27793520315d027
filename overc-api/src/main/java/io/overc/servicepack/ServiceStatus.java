package io.overc.servicepack;

import java.util.List;
import java.util.Optional;

/**
 * Says how a service is.
 *
 * @param name its name
 * @param image the instance image it runs
 * @param pack the name of the pack it comes from
 * @param state how it is as a whole
 * @param components its components, in the order in which they are started; one without a name for
 *     a service that is one
 * @param ports the ports it listens on
 * @param environment the variables of the pack, filled in as things are now; without the secrets,
 *     which nobody but the caller of the setup has
 */
public record ServiceStatus(
    String name,
    String image,
    String pack,
    ServiceState state,
    List<ComponentStatus> components,
    List<Port> ports,
    ServiceEnvironment environment) {

  /**
   * Copies the lists.
   *
   * @param name its name
   * @param image the instance image it runs
   * @param pack the name of the pack it comes from
   * @param state how it is as a whole
   * @param components its components, in the order in which they are started; one without a name
   *     for a service that is one
   * @param ports the ports it listens on
   * @param environment the variables of the pack, filled in as things are now; without the secrets,
   *     which nobody but the caller of the setup has
   */
  public ServiceStatus {
    components = List.copyOf(components);
    ports = List.copyOf(ports);
  }

  /**
   * {@return the address of the service, that of its first component; it may be another after a
   * restart}
   */
  public Optional<String> address() {
    return components.stream().findFirst().flatMap(ComponentStatus::address);
  }
}
