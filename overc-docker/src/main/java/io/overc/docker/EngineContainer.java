package io.overc.docker;

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
record EngineContainer(
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
  static final String TEMPLATE = "io.overc.template";

  /** The label of a container that is to replace another one: whether that one ran. */
  static final String WAS_ACTIVE = "io.overc.was-active";

  private static final String[] OPTIONS = {
    "--network={{.HostConfig.NetworkMode}}",
    "--restart={{.HostConfig.RestartPolicy.Name}}"
        + "{{with .HostConfig.RestartPolicy.MaximumRetryCount}}:{{.}}{{end}}",
    "{{with .HostConfig.Init}}--init={{.}}{{end}}",
    "{{range .HostConfig.Binds}}--volume={{.}}\n{{end}}",
    "{{range .HostConfig.Mounts}}--mount=type={{.Type}},source={{.Source}},target={{.Target}}"
        + "{{if .ReadOnly}},readonly{{end}}\n{{end}}",
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
        + ":{{.CgroupPermissions}}\n{{end}}",
    "{{range .HostConfig.ExtraHosts}}--add-host={{.}}\n{{end}}",
    "{{range .HostConfig.DNS}}--dns={{.}}\n{{end}}",
    "{{with .HostConfig.Memory}}--memory={{.}}{{end}}",
    "{{with .HostConfig.CPUQuota}}--cpu-quota={{.}}{{end}}",
    "{{if .Config.Tty}}--tty{{end}}",
    "{{if .Config.OpenStdin}}--interactive{{end}}"
  };

  /** Prints the fields of {@link #of}, one a line, then networks, then options. */
  static final String FORMAT =
      Stream.of(
              Stream.of(
                  "{{.Name}}",
                  "{{.State.Status}}",
                  "{{.State.Running}}",
                  "{{.RestartCount}}",
                  "{{.State.ExitCode}}",
                  Labels.print(TEMPLATE),
                  Labels.print(WAS_ACTIVE),
                  "{{.HostConfig.NetworkMode}}",
                  "{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}}"),
              Stream.of(OPTIONS))
          .flatMap(lines -> lines)
          .collect(Collectors.joining("\n"));

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

  /** Tells whether it runs and keeps running. */
  boolean steady() {
    return active && state.equals("running") && restarts == 0;
  }
}
