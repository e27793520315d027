package io.overc.docker.service;

import io.overc.servicepack.PackVariable;
import io.overc.servicepack.ServiceEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what a container of a service starts: {@code bin/run}, which sees the variables of the pack.
 *
 * <p>An address is known only once the container runs, and is another one after a restart, also
 * after one that the engine decides on. So a shell fills it in at every start: the engine writes
 * the container's own address into {@code /etc/hosts} before. Other components go by their names,
 * which lead to them whatever their address is by then.
 *
 * @param hostname the name of the container in its own {@code /etc/hosts}
 */
record RunProgram(ServiceName service, String component, List<String> components, String hostname) {
  /** Stands for the own address; no variable holds it: it cannot be in an environment. */
  private static final String OWN = "\0";

  private static final String FIND_OWN =
      """
      while read -r overc_ip overc_names; do
        for overc_name in $overc_names; do
          [ "$overc_name" = %s ] && overc_own=${overc_own:-$overc_ip}
        done
      done </etc/hosts
      """;

  /** Returns the options for the variables that are known now. */
  List<String> options(List<PackVariable> variables) {
    return variables.stream()
        .map(this::filled)
        .filter(line -> !line.contains(OWN))
        .map(line -> "--env=" + line)
        .toList();
  }

  /** Returns what follows the options: image and program, which fills in the other variables. */
  List<String> program(String image, List<PackVariable> variables) {
    List<String> late =
        variables.stream().map(this::filled).filter(line -> line.contains(OWN)).toList();
    List<String> program = new ArrayList<>();
    if (late.isEmpty()) {
      program.add(image);
    } else {
      program.addAll(
          List.of("--entrypoint", "/bin/sh", image, "-c", script(late), "/service/bin/run"));
    }
    if (!component.isEmpty()) {
      program.add(component);
    }
    return program;
  }

  private String filled(PackVariable variable) {
    return ServiceEnvironment.resolve(List.of(variable), this::value).lines().get(0);
  }

  private Optional<String> value(String key) {
    String first = components.isEmpty() ? "" : components.get(0);
    if (key.equals("%IP")) {
      return Optional.of(address(first));
    }
    return components.stream()
        .filter(one -> key.equals("%IP{" + one + "}"))
        .findFirst()
        .map(this::address)
        .or(() -> ServiceListing.value(key, service.name(), List.of()));
  }

  private String address(String of) {
    return of.equals(component) ? OWN : of;
  }

  /** Ends in exec: the program of the pack is what the engine sees and stops. */
  private String script(List<String> late) {
    return "overc_own=\n"
        + FIND_OWN.formatted(quoted(hostname))
        + late.stream().map(RunProgram::export).collect(Collectors.joining())
        + "exec \"$0\" \"$@\"";
  }

  /** An address that is not there (no network, or the one of the machine) leaves the key. */
  private static String export(String line) {
    String[] parts = line.split("=", 2);
    String value =
        Stream.of(parts[1].split(OWN, -1))
            .map(RunProgram::quoted)
            .collect(Collectors.joining("\"${overc_own:-%IP}\""));
    return "export " + parts[0] + "=" + value + "\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
