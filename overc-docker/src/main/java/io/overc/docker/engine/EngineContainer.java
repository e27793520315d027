package io.overc.docker.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the engine says of a container.
 *
 * @param json what {@code docker container inspect} prints of it
 */
public record EngineContainer(JsonNode json) {

  public String name() {
    String name = text(json.path("Name"));
    return podman() ? name : name.substring(1);
  }

  /** Returns what names it and no later container. */
  public String id() {
    return text(json.path("Id"));
  }

  /** Returns what the engine calls its state. */
  public String state() {
    return text(json.at("/State/Status"));
  }

  /** Tells whether it runs, be it paused or being restarted. */
  public boolean active() {
    return json.at("/State/Running").asBoolean(false)
        || List.of("running", "paused", "restarting").contains(state());
  }

  public boolean running() {
    return active() && state().equals("running");
  }

  public boolean paused() {
    return state().equals("paused");
  }

  public int restarts() {
    return json.path("RestartCount").asInt(0);
  }

  /**
   * Returns why it did not keep running, if so. A start by hand lets the engine count restarts
   * anew; podman goes on counting.
   *
   * @param before how often the engine had restarted it before
   */
  public Optional<String> end(int before) {
    boolean restarted = restarts() > 0 && restarts() != before;
    if (running() && !restarted) {
      return Optional.empty();
    }
    int code = json.at("/State/ExitCode").asInt(0);
    return Optional.of("%s, exit code %d".formatted(restarted ? "restarted" : state(), code));
  }

  public String image() {
    return text(json.path("Image"));
  }

  /** Returns its labels, those of its image included. */
  public Labels labels() {
    return new Labels("the container " + name(), json.at("/Config/Labels"));
  }

  /** Returns its address in the first of its networks that gives it one. */
  public Optional<String> address() {
    return json.at("/NetworkSettings/Networks").properties().stream()
        .map(network -> text(network.getValue().path("IPAddress")))
        .filter(address -> !address.isEmpty())
        .findFirst();
  }

  /** Podman runs no daemon: what its command was doing stops when the command is killed. */
  public boolean podman() {
    return !text(json.path("Name")).startsWith("/");
  }

  /** Returns the networks that it must be connected to beside the one of {@link #options}. */
  public List<String> networks() {
    String mode = text(json.at("/HostConfig/NetworkMode"));
    return podman()
        ? List.of()
        : networkNames().stream()
            .filter(network -> !network.equals(mode))
            .filter(network -> !(mode.equals("default") && network.equals("bridge")))
            .toList();
  }

  /**
   * Returns the options of {@code docker create} that make it again, apart from what is in its
   * image.
   */
  public List<String> options() {
    JsonNode host = json.path("HostConfig");
    Options options = new Options();
    addNetworks(host, options);
    for (JsonNode mount : host.path("Mounts")) {
      options.add(
          "--mount=type=%s,source=%s,target=%s%s"
              .formatted(
                  text(mount.path("Type")),
                  text(mount.path("Source")),
                  text(mount.path("Target")),
                  mount.path("ReadOnly").asBoolean(false) ? ",readonly" : ""));
    }
    options.each("--dns=", host.path("Dns"));
    options.number("--cpu-quota=", host.path("CpuQuota"));
    if (!podman()) {
      // Podman has it as a quota too, and takes only one of both.
      cpus(host.path("NanoCpus").asLong(0)).ifPresent(cpus -> options.add("--cpus=" + cpus));
    }
    String policy = text(host.at("/RestartPolicy/Name"));
    if (!policy.isEmpty()) {
      int most = host.at("/RestartPolicy/MaximumRetryCount").asInt(0);
      options.add("--restart=" + policy + (most > 0 ? ":" + most : ""));
    }
    options.flag("--init=true", host.path("Init"));
    options.each("--volume=", host.path("Binds"));
    for (Map.Entry<String, JsonNode> mount : host.path("Tmpfs").properties()) {
      options.add("--tmpfs=" + mount.getKey() + ":" + text(mount.getValue()));
    }
    for (Map.Entry<String, JsonNode> port : host.path("PortBindings").properties()) {
      for (JsonNode to : port.getValue()) {
        options.add(
            "--publish=" + part(to.path("HostIp")) + part(to.path("HostPort")) + port.getKey());
      }
    }
    options.flag("--privileged", host.path("Privileged"));
    options.flag("--read-only", host.path("ReadonlyRootfs"));
    options.each("--cap-add=", host.path("CapAdd"));
    options.each("--cap-drop=", host.path("CapDrop"));
    options.each("--security-opt=", host.path("SecurityOpt"));
    for (JsonNode device : host.path("Devices")) {
      String permissions = text(device.path("CgroupPermissions"));
      options.add(
          "--device=%s:%s%s"
              .formatted(
                  text(device.path("PathOnHost")),
                  text(device.path("PathInContainer")),
                  permissions.isEmpty() ? "" : ":" + permissions));
    }
    options.each("--add-host=", host.path("ExtraHosts"));
    options.number("--memory=", host.path("Memory"));
    options.flag("--tty", json.at("/Config/Tty"));
    options.flag("--interactive", json.at("/Config/OpenStdin"));
    return List.copyOf(options.all);
  }

  /** Podman calls every network of its own "bridge", and takes all of them at once. */
  private void addNetworks(JsonNode host, Options options) {
    if (podman() && !networkNames().isEmpty()) {
      networkNames().forEach(network -> options.add("--network=" + network));
    } else {
      options.add("--network=" + text(host.path("NetworkMode")));
    }
  }

  private List<String> networkNames() {
    return json.at("/NetworkSettings/Networks").properties().stream()
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<String> cpus(long nano) {
    return nano <= 0
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(nano, 9).stripTrailingZeros().toPlainString());
  }

  private static String part(JsonNode node) {
    String text = text(node);
    return text.isEmpty() ? "" : text + ":";
  }

  private static String text(JsonNode node) {
    return node.asString("");
  }

  /** Collects options; what is not set adds none. */
  private static final class Options {
    private final List<String> all = new ArrayList<>();

    void add(String option) {
      all.add(option);
    }

    void each(String option, JsonNode values) {
      values.forEach(value -> add(option + text(value)));
    }

    void flag(String option, JsonNode value) {
      if (value.asBoolean(false)) {
        add(option);
      }
    }

    void number(String option, JsonNode value) {
      if (value.asLong(0) != 0) {
        add(option + value.asLong(0));
      }
    }
  }
}
