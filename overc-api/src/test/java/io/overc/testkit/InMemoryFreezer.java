package io.overc.testkit;

import io.overc.spi.ContainerFreezer;
import io.overc.spi.Instance;
import io.overc.spi.Place;
import io.overc.testkit.InMemoryMachine.Box;

/** Freezes containers of an {@link InMemoryMachine}. */
final class InMemoryFreezer implements ContainerFreezer {
  private final InMemoryMachine machine;

  InMemoryFreezer(InMemoryMachine machine) {
    this.machine = machine;
  }

  @Override
  public void freeze(String name) {
    synchronized (machine) {
      Box box = machine.places(name).get(Place.CURRENT);
      if (box != null && box.state == Instance.State.RUNNING) {
        machine.frozen.add(name);
        box.state = Instance.State.FROZEN;
      }
    }
  }

  @Override
  public void thaw(String name) {
    synchronized (machine) {
      Box box = machine.places(name).get(Place.CURRENT);
      if (machine.frozen.contains(name) && box != null && box.state == Instance.State.FROZEN) {
        box.state = Instance.State.RUNNING;
      }
      machine.frozen.remove(name);
    }
  }
}
