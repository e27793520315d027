package io.overc.testkit;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerFreezer;
import io.overc.spi.ContainerImages;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.PackageUpgrades;
import io.overc.spi.Place;
import io.overc.testkit.InMemoryMachine.Box;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The primitives of an {@link InMemoryMachine}: for tests of the engine, which then take
 * milliseconds, interruptions and restarts included.
 */
public class InMemoryBackend implements ContainerBackend {
  private final InMemoryMachine machine;
  private final Path locks;
  private final Style style;

  /** What technology it resembles. */
  public enum Style {
    /** A container becomes a snapshot as it is; it is frozen meanwhile; packages need no start. */
    ADOPTING,
    /** A snapshot is a copy, which freezes by itself; packages are upgraded in what runs only. */
    COPYING
  }

  /**
   * Makes the primitives.
   *
   * @param machine where the containers are
   * @param locks where the lock files are, in any file system
   * @param style what technology it resembles
   */
  public InMemoryBackend(InMemoryMachine machine, Path locks, Style style) {
    this.machine = machine;
    this.locks = locks;
    this.style = style;
  }

  final boolean adopting() {
    return style == Style.ADOPTING;
  }

  @Override
  public Path lockFile(String name) {
    return locks.resolve(name);
  }

  @Override
  public BackendContainer find(String name) {
    synchronized (machine) {
      BackendContainer.Builder found = BackendContainer.builder(name);
      machine.places(name).forEach((place, box) -> found.at(place, described(name, box)));
      Optional.ofNullable(machine.intents.get(name))
          .flatMap(Intent::parse)
          .ifPresent(found::intent);
      return found.build();
    }
  }

  private Instance described(String name, Box box) {
    box.look();
    Instance instance = Instance.of(box.state);
    instance =
        machine.damaged.contains(name)
            ? instance.withProblem("its configuration is no text")
            : instance.withTemplate(box.template);
    return box.started ? instance : instance.neverStarted();
  }

  @Override
  public List<BackendContainer> list() {
    synchronized (machine) {
      return new ArrayList<>(machine.places.keySet().stream().map(this::find).toList());
    }
  }

  @Override
  public void create(String name, Intent intent, Operation operation) {
    synchronized (machine) {
      Cancellation.check("unpacking the image");
      if (machine.image.isEmpty()) {
        throw new RefusedException(RefusedException.Guard.NO_IMAGE, "There is no image");
      }
      Box box = new Box();
      box.broken = machine.image.equals("broken");
      machine.places(name).put(Place.FRESH, box);
      machine.intents.put(name, intent.text());
    }
  }

  @Override
  public void record(String name, Intent intent) {
    synchronized (machine) {
      machine.intents.put(name, intent.text());
    }
  }

  @Override
  public void forget(String name) {
    synchronized (machine) {
      machine.intents.remove(name);
    }
  }

  @Override
  public void start(String name) {
    synchronized (machine) {
      Cancellation.check("starting " + name);
      Box box = current(name);
      box.started = true;
      if (box.broken) {
        box.end(); // It ran for an instant.
      } else if (box.state == Instance.State.STOPPED) {
        box.state = Instance.State.RUNNING;
      }
    }
  }

  @Override
  public void stop(String name) {
    synchronized (machine) {
      Box box = current(name);
      if (Thread.currentThread().isInterrupted()) {
        box.dying();
      }
      Cancellation.check("stopping " + name);
      box.end();
    }
  }

  @Override
  public void kill(String name) {
    synchronized (machine) {
      current(name).end();
    }
  }

  @Override
  public void move(String name, Place from, Place to) {
    synchronized (machine) {
      Map<Place, Box> places = machine.places(name);
      Box box = places.get(from);
      if (box == null || places.containsKey(to)) {
        throw new OvercException("Cannot move " + name + " from " + from + " to " + to);
      }
      if (box.state != Instance.State.STOPPED) {
        throw new OvercException("Cannot move " + name + ": it runs");
      }
      places.remove(from);
      places.put(to, box);
    }
  }

  @Override
  public void remove(String name, Place place) {
    synchronized (machine) {
      Box box = machine.places(name).get(place);
      if (box != null && box.state != Instance.State.STOPPED) {
        throw new OvercException("Cannot remove " + name + ": it runs");
      }
      machine.places(name).remove(place);
    }
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) {
    synchronized (machine) {
      Box box = current(name);
      box.look();
      return box.state == Instance.State.RUNNING ? Health.ready() : Health.down("exit code 1");
    }
  }

  private Box current(String name) {
    Box box = machine.places(name).get(Place.CURRENT);
    if (box == null) {
      throw new NotFoundException("There is no container " + name);
    }
    return box;
  }

  @Override
  public Optional<ContainerSnapshots> snapshots() {
    return Optional.of(new InMemorySnapshots(machine, adopting()));
  }

  @Override
  public Optional<ContainerFreezer> freezer() {
    return adopting() ? Optional.of(new InMemoryFreezer(machine)) : Optional.empty();
  }

  @Override
  public Optional<ContainerImages> images() {
    return Optional.of(new InMemoryImages(machine, locks.resolve(".image")));
  }

  @Override
  public Optional<PackageUpgrades> packages() {
    return Optional.of(new InMemoryPackages(machine, !adopting()));
  }
}
