package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageSource;
import io.overc.container.WhenActive;
import io.overc.error.InvalidArgumentException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;

/**
 * Holds what the tests of a {@link ContainerDriver} share: the hooks of a backend, and cleaning up.
 */
abstract class ContainerKit {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  static final OperationOptions NONE = OperationOptions.defaults();

  final List<String> names = new ArrayList<>();

  /**
   * Returns the driver: the same one, or another one for the same containers, at each call.
   *
   * @return a driver of a template whose image makes containers that come up
   */
  protected abstract ContainerDriver driver();

  /**
   * Writes something into a container that its snapshots keep.
   *
   * @param name a container, active or not
   * @param text a word
   */
  protected abstract void write(String name, String text);

  /**
   * Reads what {@link #write} wrote.
   *
   * @param name a container, active or not
   * @return the word; empty in a container that was just made from the image
   */
  protected abstract String read(String name);

  /**
   * Returns an image that comes up, to be sent; needed for {@link ContainerFeature#SEND_IMAGE}.
   *
   * @return the image, or empty to skip the tests that send one
   */
  protected Optional<ImageSource> goodImage() {
    return Optional.empty();
  }

  /**
   * Returns an image that is well formed and whose container ends at once; needed for {@link
   * ContainerFeature#GO_BACK}.
   *
   * @return the image, or empty to skip the tests that send one
   */
  protected Optional<ImageSource> brokenImage() {
    return Optional.empty();
  }

  /**
   * Does something while new containers end at once, because that is what their image does.
   *
   * @param work what to do
   * @return false, without doing it, if that cannot be brought about; unless overridden, it is
   *     where there are a {@link #brokenImage} and a {@link #goodImage} to be sent
   */
  protected boolean withBrokenImage(Runnable work) {
    if (brokenImage().isEmpty() || goodImage().isEmpty()) {
      return false;
    }
    driver().sendImage(brokenImage().get(), NONE);
    try {
      work.run();
    } finally {
      driver().sendImage(goodImage().get(), NONE);
    }
    return true;
  }

  /**
   * Returns a driver as of another process, whose every side effect passes a fault-injection point;
   * needed for what is killed, fails, is cancelled or meets another operation.
   *
   * @param effects the fault-injection point
   * @return a new driver, or empty to skip these tests
   */
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    return Optional.empty();
  }

  /**
   * Chooses the points at which an operation is killed or cancelled, for a backend whose operations
   * take long.
   *
   * @param points the numbers of all
   * @return all of them, unless overridden
   */
  protected List<Integer> chosen(List<Integer> points) {
    return points;
  }

  /**
   * Holds the lock of a container from another process.
   *
   * @param name a container
   * @return what to close to let go of it, or empty to skip the test
   * @throws IOException if that fails
   */
  protected Optional<AutoCloseable> holdElsewhere(String name) throws IOException {
    return Optional.empty();
  }

  /**
   * Returns the lock file of a container.
   *
   * @param name a container
   * @return the file, or empty to skip the tests that need it
   */
  protected Optional<Path> lockFile(String name) {
    return Optional.empty();
  }

  /**
   * Returns the root directory of a container, where a test may write files of all kinds.
   *
   * @param name a container
   * @return the directory, or empty to skip the test of whole trees
   */
  protected Optional<Path> tree(String name) {
    return Optional.empty();
  }

  /**
   * Does something while the template's image is missing.
   *
   * @param work what to do
   * @return false, without doing it, if that cannot be brought about
   */
  protected boolean withoutImage(Runnable work) {
    return false;
  }

  /**
   * Offers newer packages to the containers.
   *
   * @param failing whether their installation fails half-way
   * @return false if that cannot be done, to skip the tests that need it
   */
  protected boolean offerPackages(boolean failing) {
    return false;
  }

  /**
   * Tells whether a container is complete, with nothing half-installed in it.
   *
   * @param name a container
   * @return whether it is
   */
  protected boolean isWhole(String name) {
    return true;
  }

  /**
   * Freezes a container as a person would, with another tool.
   *
   * @param name a container that runs
   * @return false if that cannot be done, to skip the test
   */
  protected boolean freeze(String name) {
    return false;
  }

  /**
   * Tells whether a container stands still.
   *
   * @param name a container
   * @return whether it is frozen
   */
  protected boolean isFrozen(String name) {
    return false;
  }

  /**
   * Makes the description of a container unreadable, until the test ends.
   *
   * @param name a container
   * @return false if that cannot be done, to skip the test
   */
  protected boolean damage(String name) {
    return false;
  }

  /**
   * Returns what lies where containers and their snapshots are and is neither, nor the file of a
   * lock.
   *
   * @return names; empty if nothing is left over
   * @throws IOException if that cannot be found out
   */
  protected List<String> leftovers() throws IOException {
    return List.of();
  }

  final void assertNothingIsLeft() throws IOException {
    assertThat(leftovers()).as("what is left over").isEmpty();
  }

  /**
   * Returns a name for a container that no other test uses, and deletes that container afterwards.
   *
   * @return for example {@code kit-4711-3}
   */
  protected final String newName() {
    String name = "kit-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    names.add(name);
    return name;
  }

  /** Deletes what the test made. */
  @AfterEach
  void deleteContainers() {
    ContainerDriver driver = driver();
    for (String name : names) {
      if (driver.status(name) != ContainerStatus.ABSENT) {
        driver.delete(name, WhenActive.STOP, NONE);
      }
      if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
        driver.snapshots().deleteAll(name, NONE);
      }
    }
  }

  /**
   * Activates a container under a new name.
   *
   * @return the name
   */
  protected final String activated() {
    String name = newName();
    driver().activate(name, WhenActive.REFUSE, NONE);
    return name;
  }

  /**
   * Snapshots a container.
   *
   * @param name the container
   * @return the id of the new snapshot
   */
  protected final String snapshot(String name) {
    return snapshot(driver(), name).id().text();
  }

  /** How a container that may run is snapshotted. */
  static SnapshotOptions safest(ContainerDriver driver) {
    return SnapshotOptions.safest(driver.snapshots().features());
  }

  final Snapshot snapshot(ContainerDriver driver, String name) {
    List<Snapshot> before = driver.snapshots().list(name);
    Snapshot made = driver.snapshots().create(name, safest(driver), NONE);
    List<Snapshot> fresh = new ArrayList<>(driver.snapshots().list(name));
    assertThat(fresh).as("earlier snapshots of " + name).containsAll(before);
    fresh.removeAll(before);
    assertThat(fresh).as("new snapshots of " + name).containsExactly(made);
    return made;
  }

  final void assumeFeature(ContainerFeature feature) {
    assumeTrue(driver().features().contains(feature), "the driver has no feature " + feature);
  }

  static Condition<Throwable> malformed() {
    return new Condition<>(
        InvalidArgumentException.class::isInstance, "an InvalidArgumentException");
  }
}
