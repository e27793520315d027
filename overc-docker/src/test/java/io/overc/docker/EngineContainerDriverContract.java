package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageDigest;
import io.overc.container.ImageSource;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what the driver keeps on every engine that understands the docker command. */
abstract class EngineContainerDriverContract extends EngineContainerKit {
  EngineContainerDriverContract(TestEngine engine) {
    super(engine);
  }

  @Test
  @DisplayName("an image that hashes to something else is refused, what is no image too")
  void imagesAreChecked() throws IOException {
    ImageSource wrong = saved("good").withDigest(ImageDigest.parse("sha256:" + "0".repeat(64)));
    assertThatThrownBy(() -> driver().sendImage(wrong, OperationOptions.defaults()))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("hashes to");
    Path text = Files.writeString(directory.resolve("text"), "no archive");
    assertThatThrownBy(
            () -> driver().sendImage(ImageSource.of(text.toString()), OperationOptions.defaults()))
        .isInstanceOf(VerificationException.class);
    assertThat(driver().sendImage(saved("good"), OperationOptions.defaults()).change())
        .isEqualTo(Change.UNCHANGED);
  }

  @Test
  @DisplayName("a container that never becomes ready is not kept")
  void readiness() {
    String name = newName();
    Config never =
        config("template.*.docker-ready", "test -e /ready").with(DockerKeys.READY_TIMEOUT, "1s");
    assertThatThrownBy(
            () ->
                DockerContainerDriver.of(never, template().build())
                    .activate(name, WhenActive.REFUSE, OperationOptions.defaults()))
        .isInstanceOf(ActivationFailedException.class)
        .hasMessageContaining("not ready after 1 s");
    assertThat(driver().status(name)).isEqualTo(ContainerStatus.ABSENT);
    Config ready = config("template.*.docker-ready", "test -e /bin/sh");
    DockerContainerDriver.of(ready, template().build())
        .activate(name, WhenActive.REFUSE, OperationOptions.defaults());
    assertThat(driver().status(name)).isEqualTo(ContainerStatus.ACTIVE);
  }

  @Test
  @DisplayName("a container that somebody makes under the name meanwhile is left alone")
  void nameIsTaken() {
    String name = newName();
    SideEffects meanwhile =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String effect, Action<E> action) throws E {
            if (effect.equals("rename container")) {
              engine.must("create", "--name", name, engine.base(), "true");
              write(name, "theirs");
            }
            action.run();
          }
        };
    assertThatThrownBy(
            () -> under(meanwhile).activate(name, WhenActive.REFUSE, OperationOptions.defaults()))
        .isInstanceOf(ActivationFailedException.class);
    assertThat(read(name)).isEqualTo("theirs");
    assertThat(engine.must("ps", "--all", "--format", "{{.Names}}").lines())
        .filteredOn(one -> one.startsWith(name))
        .containsExactly(name);
  }

  @Test
  @DisplayName("a container that was made from a snapshot outlives it, also while it runs")
  void deletedSnapshots() {
    String name = activated();
    write(name, "kept");
    snapshot(name);
    driver().rollback(name, OperationOptions.defaults());
    assertThat(driver().snapshots().deleteAll(name, OperationOptions.defaults())).isEqualTo(1);
    assertThat(driver().status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("kept");
    snapshot(name);
  }

  @Test
  @DisplayName("packages are upgraded inside; where that fails the container is as it was")
  void packages() throws IOException {
    String name = activated();
    ContainerDriver driver =
        DockerContainerDriver.of(config(), template().packageManager("apt").build());
    installAptGet(name, "echo Inst hello");
    write(name, "before");
    assertThat(driver.upgrade(name, UpgradeSource.PACKAGES, OperationOptions.defaults()).change())
        .isEqualTo(Change.CHANGED);
    assertThat(read(name)).isEqualTo("upgraded\n");

    installAptGet(name, "true");
    assertThat(driver.upgrade(name, UpgradeSource.PACKAGES, OperationOptions.defaults()).change())
        .isEqualTo(Change.UNCHANGED);

    installAptGet(name, "echo Inst hello; touch /fails");
    assertThatThrownBy(
            () -> driver.upgrade(name, UpgradeSource.PACKAGES, OperationOptions.defaults()))
        .isInstanceOf(ActivationFailedException.class)
        .hasMessageContaining("dpkg was interrupted");
    assertThat(read(name)).isEqualTo("upgraded\n");
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(driver.snapshots().list(name))
        .extracting(Snapshot::comment)
        .containsOnly(Optional.of("before an upgrade"));
  }

  /** Debian is not at hand in this image, so a script answers as apt-get does. */
  private void installAptGet(String name, String check) throws IOException {
    Path script = directory.resolve("apt-get");
    Files.writeString(
        script,
        """
        #!/bin/sh
        case "$*" in
          *update) ;;
          *--simulate*) %s ;;
          *--assume-yes*) echo upgraded > /word; [ -e /fails ] && { echo dpkg was interrupted; exit 100; }; true ;;
        esac
        """
            .formatted(check));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    engine.must("cp", script.toString(), name + ":/bin/apt-get");
  }
}
