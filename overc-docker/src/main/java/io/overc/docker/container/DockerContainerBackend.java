package io.overc.docker.container;

import io.overc.container.Template;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandTimeoutException;
import io.overc.internal.time.Cancellation;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerImages;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Intent;
import io.overc.spi.PackageUpgrades;
import io.overc.spi.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primitives of containers that the engine keeps. What is at a place is a container of the
 * engine by a name of its own, see {@link PlaceNames}; a move is a rename.
 */
public final class DockerContainerBackend implements ContainerBackend {
  private static final Logger LOG = LoggerFactory.getLogger(DockerContainerBackend.class);

  private final EngineContainers containers;
  private final EngineLocks locks;
  private final Template template;
  private final Looks looks;
  private final TemplateImage image;
  private final Intents intents;
  private final SnapshotImages snapshots;
  private final Settings settings;

  public DockerContainerBackend(
      EngineContainers containers,
      Images images,
      EngineLocks locks,
      Template template,
      Settings settings) {
    this.containers = containers;
    this.locks = locks;
    this.template = template;
    this.image = new TemplateImage(images, locks, template);
    this.looks = new Looks(containers);
    this.intents = new Intents(containers, looks);
    this.snapshots =
        new SnapshotImages(
            containers, images, intents, looks, settings.snapshots, settings.network);
    this.settings = settings;
  }

  /**
   * How the containers of a template are made and maintained.
   *
   * @param snapshots the repository of snapshots
   * @param network the network of containers
   * @param options options of {@code docker create}
   * @param packageTimeout how long one call of a package manager in them may take
   */
  public record Settings(
      String snapshots,
      String network,
      List<String> options,
      List<String> command,
      Duration packageTimeout) {}

  @Override
  public Path lockFile(String name) {
    return locks.file("container", name);
  }

  @Override
  public BackendContainer find(String name) {
    return looks.find(name);
  }

  @Override
  public List<BackendContainer> list() {
    Map<String, ContainerSummary> found = new HashMap<>();
    for (var json : containers.docker().list("list containers", "ps", "--all")) {
      ContainerSummary one = ContainerSummary.listed(json);
      if (one.name().isEmpty()) {
        LOG.warn("A container without a name is passed over: {}", json.path("ID").asString(""));
      } else {
        found.put(one.name(), one);
      }
    }
    TreeSet<String> names = new TreeSet<>();
    for (String name : found.keySet()) {
      String container = PlaceNames.container(name);
      names.add(ContainerSummary.isOurs(name, container, found) ? container : name);
    }
    return names.stream().map(name -> ContainerSummary.combine(name, found)).toList();
  }

  @Override
  public void cleanUp(String name) {
    looks.begin(name); // An operation begins with it.
  }

  @Override
  public void create(String name, Intent intent, Operation operation) {
    List<String> options = new ArrayList<>(settings.options);
    // Without an init most programs ignore SIGTERM as PID 1: a stop takes its whole timeout.
    options.addAll(0, List.of("--init", "--label", Labels.TEMPLATE + "=" + template.name()));
    String id = image.require(operation);
    intents.make(name, new Recipe(id, options, List.of(), settings.command), intent);
  }

  @Override
  public void record(String name, Intent intent) {
    Cancellation.shielded(() -> intents.record(name, intent));
  }

  @Override
  public void forget(String name) {
    Cancellation.shielded(() -> intents.forget(name));
  }

  @Override
  public void start(String name) {
    looks.changing(name, Place.CURRENT);
    containers.start(name);
  }

  @Override
  public void stop(String name) {
    looks.changing(name, Place.CURRENT);
    containers.stop(name);
  }

  /** One that keeps dying is being restarted: the engine can stop it then, but not kill it. */
  @Override
  public void kill(String name) {
    looks.changing(name, Place.CURRENT);
    containers.stop(name, Duration.ZERO);
  }

  @Override
  public void move(String name, Place from, Place to) {
    containers.rename(PlaceNames.at(name, from), PlaceNames.at(name, to));
    looks.moved(name, from, to);
  }

  @Override
  public void remove(String name, Place place) {
    Optional<String> id = looks.id(name, place);
    looks.changing(name, place);
    id.ifPresent(one -> Cancellation.shielded(() -> containers.remove(one)));
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) {
    Optional<EngineContainer> now = containers.find(name);
    if (now.isEmpty()) {
      return Health.down("it is gone");
    }
    Optional<String> end = now.get().end(looks.restartsBefore(name, now.get()));
    if (end.isPresent()) {
      return Health.down(end.get() + containers.lastLines(name));
    }
    return command.isEmpty() ? Health.ready() : answer(name, command, limit);
  }

  private Health answer(String name, List<String> command, Duration limit) {
    Command call = containers.docker().call("exec", name).arguments(command).timeout(limit).build();
    try {
      CommandResult result = containers.docker().run(call);
      return result.succeeded()
          ? Health.ready()
          : Health.notYet(result.stderr().strip() + containers.lastLines(name));
    } catch (CommandTimeoutException e) {
      return Health.notYet("the command does not end" + containers.lastLines(name));
    }
  }

  @Override
  public Optional<ContainerSnapshots> snapshots() {
    return Optional.of(snapshots);
  }

  @Override
  public Optional<ContainerImages> images() {
    return Optional.of(image);
  }

  @Override
  public Optional<PackageUpgrades> packages() {
    return Optional.of(
        new ContainerPackages(containers, settings.packageTimeout, template.packageManager()));
  }
}
