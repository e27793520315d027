package io.overc.docker.container;

import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainer;
import io.overc.exec.CommandResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Lists the containers of a template with one call. */
public final class ContainerList {
  private static final Set<String> ACTIVE = Set.of("running", "paused", "restarting");

  private final Docker docker;
  private final Template template;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param template the template; the default one stands for all
   */
  public ContainerList(Docker docker, Template template) {
    this.docker = docker;
    this.template = template;
  }

  /**
   * Lists them.
   *
   * @return the containers, by name
   */
  public List<Container> all() {
    CommandResult result = list("{{.Label \"" + EngineContainer.TEMPLATE + "\"}}");
    if (!result.succeeded() && result.stderr().contains("can't evaluate field")) {
      // Podman gives the labels as a map instead.
      result = list("{{with .Labels}}{{index . \"" + EngineContainer.TEMPLATE + "\"}}{{end}}");
    }
    return result
        .orThrow("list containers")
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields.length == 3 && !Replacement.isTemporary(fields[0]))
        .map(ContainerList::container)
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  private CommandResult list(String label) {
    List<String> call =
        new ArrayList<>(List.of("ps", "--all", "--format", "{{.Names}}\t{{.State}}\t" + label));
    if (!template.isDefault()) {
      call.addAll(List.of("--filter", "label=" + EngineContainer.TEMPLATE + "=" + template.name()));
    }
    return docker.run(docker.call(call).outputLimit(1 << 26).build());
  }

  private static Container container(String[] fields) {
    // Podman says since when, too: "Up 3 minutes".
    String state = fields[1].toLowerCase(Locale.ROOT);
    boolean active = ACTIVE.contains(state) || state.startsWith("up ");
    return new Container(
        fields[0],
        Optional.of(active ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE),
        Optional.of(fields[2]).filter(name -> !name.isEmpty()));
  }
}
