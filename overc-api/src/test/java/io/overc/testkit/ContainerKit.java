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
        driver.deleteSnapshots(name, NONE);
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
    ContainerDriver driver = driver();
    List<Snapshot> before = driver.listSnapshots(name);
    Optional<Snapshot> made = driver.snapshot(name, NONE);
    List<Snapshot> fresh = new ArrayList<>(driver.listSnapshots(name));
    fresh.removeAll(before);
    assertThat(fresh).as("new snapshots of " + name).hasSize(1);
    made.ifPresent(snapshot -> assertThat(fresh).containsExactly(snapshot));
    return fresh.get(0).id().text();
  }

  final void assumeFeature(ContainerFeature feature) {
    assumeTrue(driver().features().contains(feature), "the driver has no feature " + feature);
  }

  static Condition<Throwable> malformed() {
    return new Condition<>(
        InvalidArgumentException.class::isInstance, "an InvalidArgumentException");
  }
}
