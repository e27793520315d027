package io.overc.testkit;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.internal.time.Cancellation;
import io.overc.spi.Instance;
import io.overc.spi.PackageUpgrades;
import io.overc.spi.Place;
import io.overc.testkit.InMemoryMachine.Box;
import java.util.List;
import java.util.Optional;

/** Upgrades the one package of containers of an {@link InMemoryMachine}. */
final class InMemoryPackages implements PackageUpgrades {
  private final InMemoryMachine machine;
  private final boolean needsRunning;

  InMemoryPackages(InMemoryMachine machine, boolean needsRunning) {
    this.machine = machine;
    this.needsRunning = needsRunning;
  }

  @Override
  public boolean needsRunning() {
    return needsRunning;
  }

  @Override
  public Session open(String name, Operation operation) {
    synchronized (machine) {
      Box box = machine.places(name).get(Place.CURRENT);
      if (box == null || (needsRunning && box.state != Instance.State.RUNNING)) {
        throw new RefusedException("Cannot upgrade the packages of " + name + ": it does not run");
      }
      return new OneContainer(box);
    }
  }

  private final class OneContainer implements Session {
    private final Box box;

    private OneContainer(Box box) {
      this.box = box;
    }

    @Override
    public List<PackageChange> newer() {
      synchronized (machine) {
        Cancellation.check("looking for newer packages");
        String installed = box.files.getOrDefault("packages", "1");
        return Integer.parseInt(installed) < machine.packages
            ? List.of(
                new PackageChange(
                    "package", Optional.of(installed), String.valueOf(machine.packages)))
            : List.of();
      }
    }

    @Override
    public void upgrade() {
      synchronized (machine) {
        box.files.put("packages", String.valueOf(machine.packages));
        box.files.put("half", "installed");
        Cancellation.check("installing packages");
        if (machine.packagesFail) {
          throw new OvercException("a script of the package failed");
        }
        box.files.remove("half");
      }
    }

    @Override
    public void close() {}
  }
}
