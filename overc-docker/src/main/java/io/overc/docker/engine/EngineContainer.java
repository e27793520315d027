package io.overc.docker.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the engine says of any container.
 *
 * @param name its name
 * @param state what the engine calls its state
 * @param active whether it runs, be it paused or being restarted
 * @param restarts how often it was restarted
 * @param exitCode what its program returned
 * @param template the template it was activated from, or empty
 * @param wasActive whether the container it is to replace ran
 * @param options the options of {@code docker create} that make it again, apart from what is in its
 *     image; without memory and the like that are not restrictions of what it may do
 * @param networks the networks it is in beside the one that {@code options} names
 */
public record EngineContainer(
    String name,
    String state,
    boolean active,
    int restarts,
    int exitCode,
    String template,
    boolean wasActive,
    List<String> options,
    List<String> networks) {
  /** The label of a container: the template it was activated from. */
  public static final String TEMPLATE = "io.overc.template";

  /** The label of a container that is to replace another one: whether that one ran. */
  public static final String WAS_ACTIVE = "io.overc.was-active";

  private static final List<String> HEAD =
      List.of(
          "{{.Name}}",
          "{{.State.Status}}",
          "{{.State.Running}}",
          "{{.RestartCount}}",
          "{{.State.ExitCode}}",
          Labels.print(TEMPLATE),
          Labels.print(WAS_ACTIVE),
          "{{.HostConfig.NetworkMode}}");

  private static final List<String> OPTIONS =
      List.of(
          "{{with .HostConfig.RestartPolicy.Name}}--restart={{.}}{{end}}"
              + "{{with .HostConfig.RestartPolicy.MaximumRetryCount}}:{{.}}{{end}}",
          "{{with .HostConfig.Init}}--init={{.}}{{end}}",
          "{{range .HostConfig.Binds}}--volume={{.}}\n{{end}}",
          "{{range $at, $with := .HostConfig.Tmpfs}}--tmpfs={{$at}}:{{$with}}\n{{end}}",
          "{{range $port, $to := .HostConfig.PortBindings}}{{range $to}}"
              + "--publish={{with .HostIP}}{{.}}:{{end}}{{with .HostPort}}{{.}}:{{end}}{{$port}}\n"
              + "{{end}}{{end}}",
          "{{if .HostConfig.Privileged}}--privileged{{end}}",
          "{{if .HostConfig.ReadonlyRootfs}}--read-only{{end}}",
          "{{range .HostConfig.CapAdd}}--cap-add={{.}}\n{{end}}",
          "{{range .HostConfig.CapDrop}}--cap-drop={{.}}\n{{end}}",
          "{{range .HostConfig.SecurityOpt}}--security-opt={{.}}\n{{end}}",
          "{{range .HostConfig.Devices}}--device={{.PathOnHost}}:{{.PathInContainer}}"
              + "{{with .CgroupPermissions}}:{{.}}{{end}}\n{{end}}",
          "{{range .HostConfig.ExtraHosts}}--add-host={{.}}\n{{end}}",
          "{{with .HostConfig.Memory}}--memory={{.}}{{end}}",
          "{{if .Config.Tty}}--tty{{end}}",
          "{{if .Config.OpenStdin}}--interactive{{end}}");

  /** Prints the fields of {@link #of}, one a line, then networks, then options. */
  static final String DOCKER =
      format(
          "{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}}",
          "--network={{.HostConfig.NetworkMode}}",
          "{{range .HostConfig.Mounts}}--mount=type={{.Type}},source={{.Source}},target={{.Target}}"
              + "{{if .ReadOnly}},readonly{{end}}\n{{end}}",
          "{{range .HostConfig.DNS}}--dns={{.}}\n{{end}}",
          "{{with .HostConfig.CPUQuota}}--cpu-quota={{.}}{{end}}");

  /**
   * Prints the same of podman, which spells some fields otherwise, has mounts among the binds,
   * calls every network of its own "bridge", and takes all of them at once.
   */
  static final String PODMAN =
      format(
          "",
          "{{range $name, $network := .NetworkSettings.Networks}}--network={{$name}}\n"
              + "{{else}}--network={{.HostConfig.NetworkMode}}{{end}}",
          "{{range .HostConfig.Dns}}--dns={{.}}\n{{end}}",
          "{{with .HostConfig.CpuQuota}}--cpu-quota={{.}}{{end}}");

  private static final int FIELDS = 9;

  static EngineContainer of(String output) {
    List<String> lines = List.of(output.split("\n", -1));
    String mode = lines.get(7);
    boolean running = lines.get(2).equals("true") || lines.get(1).equals("restarting");
    return new EngineContainer(
        lines.get(0).startsWith("/") ? lines.get(0).substring(1) : lines.get(0),
        lines.get(1),
        running,
        Integer.parseInt(lines.get(3)),
        Integer.parseInt(lines.get(4)),
        lines.get(5),
        lines.get(6).equals("true"),
        lines.stream().skip(FIELDS).filter(option -> !option.isBlank()).toList(),
        Stream.of(lines.get(8).split(" "))
            .filter(network -> !network.isEmpty() && !network.equals(mode))
            .filter(network -> !(mode.equals("default") && network.equals("bridge")))
            .toList());
  }

  private static String format(String networks, String... options) {
    return Stream.of(HEAD.stream(), Stream.of(networks), Stream.of(options), OPTIONS.stream())
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Tells whether it runs and keeps running.
   *
   * @return whether it does
   */
  public boolean steady() {
    return active && state.equals("running") && restarts == 0;
  }
}
