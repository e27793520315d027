package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.docker.testkit.TestEngine;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandRunner;
import io.overc.host.PackageChange;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the real apt upgrades the packages of a container")
class AptUpgradeIT {
  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final String name = bench.name("apt");
  private final ContainerDriver driver =
      DockerContainerDriver.of(
          engine.config("docker.snapshot-repository", bench.image("snapshots").repository()),
          Template.builder("apt", "docker").image(bench.image("apt").toString()).build());

  /** Holds the root of the container and its repository, which are made once. */
  @TempDir static Path made;

  @TempDir Path directory;

  @BeforeAll
  static void makeRoot() throws IOException {
    Real.root();
    Real.tools("apt-get", "dpkg", "dpkg-deb", "dpkg-scanpackages", "busybox", "ldd");
    Path root = made.resolve("root");
    Path script = made.resolve("apt-root.sh");
    try (var in = Objects.requireNonNull(AptUpgradeIT.class.getResourceAsStream("apt-root.sh"))) {
      Files.copy(in, script);
    }
    run("sh", script.toString(), root.toString());
    publish("1", "", made);
    run("cp", "-r", made.resolve("repository") + "/.", root.resolve("repo").toString());
    run("tar", "-C", root.toString(), "-cf", made.resolve("root.tar").toString(), ".");
  }

  @BeforeEach
  void activate() {
    run("cp", "-r", made.resolve("repository").toString(), directory.toString());
    String image = bench.image("apt").toString();
    engine.must(
        "import",
        "--change",
        "CMD [\"sleep\", \"100000\"]",
        made.resolve("root.tar").toString(),
        image);
    driver.activate(name, WhenActive.REFUSE, OperationOptions.defaults());
    engine.must("exec", name, "dpkg", "--install", "/repo/word_1.deb");
  }

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("to what is newer; nothing newer changes nothing; what fails is as it was")
  void upgrades() throws IOException {
    assertThat(upgrade().change()).isEqualTo(Change.UNCHANGED);

    publish("2", "", directory);
    offer();
    assertThat(upgrade())
        .satisfies(result -> assertThat(result.change()).isEqualTo(Change.CHANGED))
        .satisfies(result -> assertThat(result.snapshot()).isPresent())
        .satisfies(
            result ->
                assertThat(result.packages())
                    .containsExactly(new PackageChange("word", Optional.of("1"), "2")));
    assertThat(installed()).isEqualTo("2 install ok installed");
    assertThat(upgrade().change()).isEqualTo(Change.UNCHANGED);

    publish("3", "echo the word is broken; exit 7", directory);
    offer();
    assertThatThrownBy(this::upgrade)
        .isInstanceOf(ActivationFailedException.class)
        .hasMessageContaining("is back at snapshot")
        .hasMessageContaining("dpkg returned an error");
    assertThat(installed()).isEqualTo("2 install ok installed");
    assertThat(engine.must("exec", name, "cat", "/word")).isEqualTo("2");

    driver.rollback(
        name, driver.snapshots().list(name).get(0).id().text(), OperationOptions.defaults());
    assertThat(installed()).isEqualTo("1 install ok installed");
  }

  @Test
  @DisplayName("unless a repository cannot be read: an error, not nothing newer")
  void repositoryGone() {
    // Nobody listens there: for apt that may pass, so by default it only warns.
    String source = "echo 'deb [trusted=yes] http://127.0.0.1:9/ ./' >>/etc/apt/sources.list";
    engine.must("exec", name, "sh", "-c", source);
    assertThatThrownBy(this::upgrade)
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("refresh the package lists of " + name);
    assertThat(driver.snapshots().list(name)).isEmpty();
  }

  private UpgradeResult upgrade() {
    return driver.upgrade(name, UpgradeSource.PACKAGES, OperationOptions.defaults());
  }

  private String installed() {
    return engine.must(
        "exec", name, "dpkg-query", "--show", "--showformat", "${Version} ${Status}", "word");
  }

  private static void publish(String version, String postinst, Path directory) throws IOException {
    Path repository = Files.createDirectories(directory.resolve("repository"));
    Path stage = directory.resolve("stage-" + version);
    Path control = Files.createDirectories(stage.resolve("DEBIAN"));
    Files.writeString(
        control.resolve("control"),
        """
        Package: word
        Version: %s
        Architecture: all
        Maintainer: Nobody <nobody@localhost>
        Description: a word
        """
            .formatted(version));
    Path script = control.resolve("postinst");
    Files.writeString(script, "#!/bin/sh\n" + postinst + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(stage.resolve("word"), version + "\n");
    run(
        "dpkg-deb",
        "--build",
        "--root-owner-group",
        stage.toString(),
        repository.resolve("word_" + version + ".deb").toString());
    String index =
        CommandRunner.system()
            .run(
                Command.of("dpkg-scanpackages", "--multiversion", ".")
                    .directory(repository)
                    .build())
            .orThrow("index packages")
            .stdout();
    Files.writeString(repository.resolve("Packages"), index);
  }

  private void offer() {
    engine.must("cp", directory.resolve("repository") + "/.", name + ":/repo");
  }

  private static void run(String... command) {
    CommandRunner.system().run(Command.of(List.of(command)).build()).orThrow("prepare a test");
  }
}
