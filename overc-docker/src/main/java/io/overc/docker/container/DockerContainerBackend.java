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
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primitives of containers that the engine keeps. What stands at a place is a container of the
 * engine by a name of its own, see {@link PlaceNames}; a move is a rename.
 */
public final class DockerContainerBackend implements ContainerBackend {
  private static final Logger LOG = LoggerFactory.getLogger(DockerContainerBackend.class);

  private final EngineContainers containers;
  private final EngineLocks locks;
  private final Template template;
  private final TemplateImage image;
  private final Intents intents;
  private final SnapshotImages snapshots;
  private final Settings settings;

  /** How often the engine had restarted a container when the running operation began with it. */
  private final Map<String, Integer> restarts = new ConcurrentHashMap<>();

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
    this.intents = new Intents(containers);
    this.snapshots = new SnapshotImages(containers, images, intents, settings.snapshots);
    this.settings = settings;
  }

  /**
   * How the containers of a template are made and maintained.
   *
   * @param snapshots the repository of snapshots
   * @param options options of {@code docker create}
   * @param packageTimeout how long one call of a package manager in them may take
   */
  public record Settings(
      String snapshots, List<String> options, List<String> command, Duration packageTimeout) {}

  @Override
  public Path lockFile(String name) {
    return locks.file("container", name);
  }

  @Override
  public BackendContainer find(String name) {
    Map<String, Standing> found = new HashMap<>();
    for (EngineContainer one : containers.find(PlaceNames.all(name))) {
      found.put(one.name(), Standing.of(one));
    }
    return Standing.together(name, found);
  }

  @Override
  public List<BackendContainer> list() {
    Map<String, Standing> found = new HashMap<>();
    for (var json : containers.docker().list("list containers", "ps", "--all")) {
      Standing one = Standing.listed(json);
      if (one.name().isEmpty()) {
        LOG.warn("A container without a name is passed over: {}", json.path("ID").asString(""));
      } else {
        found.put(one.name(), one);
      }
    }
    TreeSet<String> names = new TreeSet<>();
    found.keySet().forEach(name -> names.add(PlaceNames.container(name)));
    return names.stream().map(name -> Standing.together(name, found)).toList();
  }

  @Override
  public void cleanUp(String name) {
    restarts.remove(name);
  }

  @Override
  public void create(String name, Intent intent, Operation operation) {
    List<String> options = new ArrayList<>(settings.options);
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
    restarts.put(name, containers.require(name).restarts());
    containers.start(name);
  }

  @Override
  public void stop(String name) {
    containers.stop(name);
  }

  /** One that keeps dying is being restarted: the engine can stop it then, but not kill it. */
  @Override
  public void kill(String name) {
    containers.stop(name, Duration.ZERO);
  }

  @Override
  public void move(String name, Place from, Place to) {
    containers.rename(PlaceNames.at(name, from), PlaceNames.at(name, to));
  }

  @Override
  public void remove(String name, Place place) {
    Cancellation.shielded(() -> containers.remove(PlaceNames.at(name, place)));
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) {
    String old = PlaceNames.at(name, Place.OLD);
    Map<String, EngineContainer> found = new HashMap<>();
    for (EngineContainer one : containers.find(List.of(name, old))) {
      found.put(one.name(), one);
    }
    EngineContainer now = found.get(name);
    if (now == null) {
      return Health.down("it is gone");
    }
    // One that has replaced another was made for that: it never was restarted before.
    int before = restarts.computeIfAbsent(name, key -> found.containsKey(old) ? 0 : now.restarts());
    Optional<String> end = now.end(before);
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
