package io.overc.docker;

import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the containers of a template with one call. */
final class ContainerList {
  private static final Set<String> ACTIVE = Set.of("running", "paused", "restarting");

  private final Docker docker;
  private final Template template;

  ContainerList(Docker docker, Template template) {
    this.docker = docker;
    this.template = template;
  }

  List<Container> all() {
    String label = EngineContainer.TEMPLATE;
    List<String> call =
        new ArrayList<>(
            List.of(
                "ps", "--all", "--format", "{{.Names}}\t{{.State}}\t{{.Label \"" + label + "\"}}"));
    if (!template.isDefault()) {
      call.addAll(List.of("--filter", "label=" + label + "=" + template.name()));
    }
    return docker
        .must("list containers", docker.call(call).outputLimit(1 << 26).build())
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields.length == 3 && !Replacement.isTemporary(fields[0]))
        .map(ContainerList::container)
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  private static Container container(String[] fields) {
    return new Container(
        fields[0],
        Optional.of(ACTIVE.contains(fields[1]) ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE),
        Optional.of(fields[2]).filter(name -> !name.isEmpty()));
  }
}
