package io.overc.lxc.operation;

import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells which containers of a template there are and which run, from files only. */
public final class ContainerList {
  private final LxcPath path;
  private final Instance instance;
  private final Template template;

  /**
   * Lists the containers of a directory.
   *
   * @param path where they are
   * @param instance tells whether they run
   * @param template of which template they are; the default one lists all
   */
  public ContainerList(LxcPath path, Instance instance, Template template) {
    this.path = path;
    this.instance = instance;
    this.template = template;
  }

  /** Returns the status of one container. */
  public ContainerStatus status(String name) {
    if (!path.present(name)) {
      return ContainerStatus.ABSENT;
    }
    return status(instance.runs(name));
  }

  /** Returns all, sorted by name. */
  public List<Container> all() {
    Set<String> running = instance.running();
    List<Container> containers = new ArrayList<>();
    for (String name : path.names()) {
      Optional<String> from = templateOf(name);
      if (template.isDefault() || from.filter(template.name()::equals).isPresent()) {
        containers.add(new Container(name, Optional.of(status(running.contains(name))), from));
      }
    }
    return List.copyOf(containers);
  }

  private static ContainerStatus status(boolean runs) {
    return runs ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
  }

  private Optional<String> templateOf(String name) {
    try {
      return Disk.readLossless(path.standing(name).resolve("config"))
          .map(ContainerConfig::parse)
          .flatMap(ContainerConfig::template);
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      return Optional.empty(); // One that cannot be read does not hide the others.
    }
  }
}
