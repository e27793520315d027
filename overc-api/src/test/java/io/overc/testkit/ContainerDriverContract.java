package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.container.ActivateResult;
import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageSource;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds what {@link ContainerDriver} promises. A backend's test extends it, makes the driver of a
 * template whose image comes up, and says how to write into a container and read from it.
 *
 * <p>What a driver has no {@link ContainerFeature} for is skipped. Every container a test makes is
 * deleted after it, with its snapshots.
 */
public abstract class ContainerDriverContract extends ContainerReportKit {
  /** Prepares the kit. */
  protected ContainerDriverContract() {}

  @Test
  @DisplayName("a container goes from absent to active, inactive, active and back to absent")
  void lifeCycle() {
    ContainerDriver driver = driver();
    String name = newName();
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ABSENT);

    ActivateResult result = driver.activate(name, WhenActive.REFUSE, NONE);
    assertThat(result.name()).isEqualTo(name);
    assertThat(result.outcome()).isNotEqualTo(ActivateResult.Outcome.REPLACED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);

    assertThat(driver.stop(name, NONE)).isNotEqualTo(Change.UNCHANGED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.INACTIVE);

    assertThat(driver.start(name, NONE)).isNotEqualTo(Change.UNCHANGED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);

    driver.delete(name, WhenActive.STOP, NONE);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ABSENT);
  }

  @Test
  @DisplayName("starting an active container and stopping an inactive one changes nothing")
  void startAndStopAreIdempotent() {
    ContainerDriver driver = driver();
    String name = activated();
    assertThat(driver.start(name, NONE)).isNotEqualTo(Change.CHANGED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    driver.stop(name, NONE);
    assertThat(driver.stop(name, NONE)).isNotEqualTo(Change.CHANGED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.INACTIVE);
  }

  @Test
  @DisplayName("every verb that needs a container says that there is none")
  void missingContainer() {
    ContainerDriver driver = driver();
    String name = newName();
    assertThatThrownBy(() -> driver.start(name, NONE)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> driver.stop(name, NONE)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> driver.delete(name, WhenActive.STOP, NONE))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(name);
    if (driver.features().contains(ContainerFeature.UPGRADE_PACKAGES)) {
      assertThatThrownBy(() -> driver.upgrade(name, UpgradeSource.PACKAGES, NONE))
          .isInstanceOf(NotFoundException.class);
    }
    if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
      assertThatThrownBy(() -> driver.snapshots().create(name, safest(driver), NONE))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> driver.rollback(name, NONE)).isInstanceOf(NotFoundException.class);
      assertThat(driver.snapshots().list(name)).isEmpty();
      driver.snapshots().deleteAll(name, NONE);
    }
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "-n", "a b", "a;b", "a/b", ".", "..", "a\nb", "$(id)", "ä"})
  @DisplayName("what is not a name is refused before anything is touched")
  void badNames(String bad) {
    ContainerDriver driver = driver();
    for (String name : List.of(bad, "x".repeat(300))) {
      assertThatThrownBy(() -> driver.activate(name, WhenActive.STOP, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.status(name)).is(malformed());
      assertThatThrownBy(() -> driver.start(name, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.stop(name, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.delete(name, WhenActive.STOP, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.snapshots().list(name)).is(malformed());
      assertThatThrownBy(() -> driver.find(name)).is(malformed());
      assertThatThrownBy(() -> driver.rollback(name, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.snapshots().create(name, safest(driver), NONE))
          .is(malformed());
      assertThatThrownBy(() -> driver.snapshots().deleteAll(name, NONE)).is(malformed());
      assertThatThrownBy(() -> driver.upgrade(name, UpgradeSource.IMAGE, NONE)).is(malformed());
    }
  }

  @Test
  @DisplayName("an active container is neither replaced nor deleted unless it may be stopped")
  void activeContainerIsRefused() {
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "mine");
    assertThatThrownBy(() -> driver.activate(name, WhenActive.REFUSE, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> driver.delete(name, WhenActive.REFUSE, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(name);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("mine");
  }

  @Test
  @DisplayName("activating again replaces the container and keeps a snapshot of the old one")
  void activateReplaces() {
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "old");
    driver.stop(name, NONE);

    ActivateResult result = driver.activate(name, WhenActive.REFUSE, NONE);
    assertThat(result.outcome()).isNotEqualTo(ActivateResult.Outcome.CREATED);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEmpty();

    if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
      driver.rollback(name, NONE);
      assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
      assertThat(read(name)).isEqualTo("old");
    }
  }

  @Test
  @DisplayName("an active container is replaced when it may be stopped")
  void activateWithForce() {
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "old");
    driver.activate(name, WhenActive.STOP, NONE);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEmpty();
  }

  @Test
  @DisplayName("the list shows what is there, with its status where that costs nothing")
  void listing() {
    ContainerDriver driver = driver();
    String first = activated();
    String second = activated();
    driver.stop(second, NONE);
    List<Container> list = driver.list();
    assertThat(list).extracting(Container::name).contains(first, second).isSorted();
    for (Container container : list) {
      container
          .status()
          .filter(status -> List.of(first, second).contains(container.name()))
          .ifPresent(s -> assertThat(s).isEqualTo(driver.status(container.name())));
    }
    driver.delete(second, WhenActive.REFUSE, NONE);
    assertThat(driver.list()).extracting(Container::name).contains(first).doesNotContain(second);
  }

  @Test
  @DisplayName("a container whose new image does not come up is the old one again")
  void brokenImageGoesBack() {
    assumeFeature(ContainerFeature.GO_BACK);
    ContainerDriver driver = driver();
    String name = activated();
    String other = newName();
    write(name, "survives");
    boolean done =
        withBrokenImage(
            () -> {
              assertThatThrownBy(() -> driver.activate(name, WhenActive.STOP, NONE))
                  .isInstanceOfSatisfying(
                      ActivationFailedException.class, e -> assertThat(e.wentBack()).isTrue());
              assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
              assertThat(read(name)).isEqualTo("survives");
              assertThatThrownBy(() -> driver.activate(other, WhenActive.REFUSE, NONE))
                  .isInstanceOf(ActivationFailedException.class);
              assertThat(driver.status(other)).isEqualTo(ContainerStatus.ABSENT);
            });
    assumeTrue(done, "no broken image");
    driver.upgrade(name, UpgradeSource.IMAGE, NONE);
    assertThat(read(name)).isEmpty();
  }

  @Test
  @DisplayName("an image that is not there is refused and the old one stays")
  void missingImage() {
    assumeFeature(ContainerFeature.SEND_IMAGE);
    ContainerDriver driver = driver();
    assertThatThrownBy(() -> driver.sendImage(ImageSource.of("/no/such/image"), NONE))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("/no/such/image");
    activated();
  }
}
