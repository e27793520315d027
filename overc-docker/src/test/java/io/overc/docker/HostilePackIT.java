package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.docker.testkit.TestEngine;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a pack gets nothing of this host, and a secret goes nowhere")
class HostilePackIT {
  private static final OperationOptions CALL = OperationOptions.defaults();
  private static final String SECRET = "s3cret-in-options";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);

  @TempDir Path directory;

  @AfterEach
  void close() {
    bench.close();
  }

  /** Makes a pack whose query script leaves a trace where it runs. */
  private Path pack() throws IOException {
    Path pack = Files.createDirectories(directory.resolve("pack"));
    Path bin = Files.createDirectories(pack.resolve("bin"));
    script(
        bin.resolve("query"),
        "touch " + directory.resolve("trace") + "\n[ $1 = os ] && echo busybox/1\nexit 0");
    script(bin.resolve("build"), "cp -a /service /seen");
    script(bin.resolve("run"), "exec sleep 1000");
    return pack;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + file);
    }
  }

  /** As nobody configured anything but the images of systems. */
  private ServicePackRunner runner() {
    Map<String, String> values = new HashMap<>(engine.values());
    values.remove("query.image");
    return DockerServicePackRunner.builder().config(Config.of(values)).build();
  }

  @Test
  @DisplayName("its query script runs in a container, unless configured otherwise")
  void query() throws IOException {
    Path pack = pack();
    assertThat(runner().open(pack).os()).isEqualTo("busybox/1");
    assertThat(directory.resolve("trace")).doesNotExist();
    assertThat(bench.runner("query.sandbox", "false").open(pack).os()).isEqualTo("busybox/1");
    assertThat(directory.resolve("trace")).exists();
  }

  @Test
  @DisplayName("its history is in no image, and makes no difference")
  void history() throws IOException {
    Path pack = pack();
    Files.createDirectories(pack.resolve(".git/objects"));
    Files.writeString(pack.resolve(".git/config"), "url = https://user:" + SECRET + "@host\n");
    Files.createDirectories(pack.resolve("sub/.hg"));
    Files.writeString(pack.resolve("sub/.hg/hgrc"), SECRET);
    Files.writeString(pack.resolve("sub/.git"), "gitdir: ../.git/modules/sub " + SECRET);
    Files.writeString(pack.resolve(".gitignore"), "kept");
    ServicePackRunner runner = runner();
    ServicePack opened = runner.open(pack);
    BuildResult built =
        runner.build(opened, bench.image("b"), BuildPhase.BASE, BuildOptions.defaults(), CALL);
    String files =
        engine.must(
            "run",
            "--rm",
            "--network=none",
            "--entrypoint",
            "find",
            built.imageId(),
            "/service",
            "/seen");
    assertThat(files).contains("/service/.gitignore").doesNotContain(".git/", "/.hg", "sub/.git");
    Path archive = directory.resolve("saved.tar");
    engine.must("save", "--output", archive.toString(), built.imageId());
    assertThat(SecretSearch.inSavedImage(archive, directory.resolve("u"), List.of(SECRET)))
        .isEmpty();
    Files.writeString(pack.resolve(".git/config"), "changed");
    assertThat(
            runner
                .build(opened, bench.image("b"), BuildPhase.BASE, BuildOptions.defaults(), CALL)
                .cached())
        .isTrue();
  }

  /** Remembers what is started. */
  private static final class Watched implements CommandRunner {
    private final List<String> arguments = new ArrayList<>();

    @Override
    public CommandResult run(Command command) {
      arguments.addAll(command.arguments());
      return CommandRunner.system().run(command);
    }

    @Override
    public RunningCommand start(Command command) {
      throw new AssertionError(command);
    }

    @Override
    public int attach(Command command) {
      throw new AssertionError(command);
    }
  }

  @Test
  @DisplayName("variables of the configuration are in no argument, message or label")
  void variables() {
    Watched watched = new Watched();
    String web = bench.name("web");
    Config config =
        engine.config(
            "template.t.docker-command",
            "sleep 1000",
            "template.t.docker-options",
            "--env DB_PASSWORD=" + SECRET + " -e B=2");
    ContainerDriver driver =
        DockerContainerDriver.builder()
            .config(config)
            .template(Template.builder("t", "docker").image(engine.base()).build())
            .commandRunner(watched)
            .build();
    driver.activate(web, WhenActive.STOP, CALL);
    assertThat(engine.must("exec", web, "sh", "-c", "echo $DB_PASSWORD $B"))
        .isEqualTo(SECRET + " 2");
    assertThat(watched.arguments).noneMatch(one -> one.contains(SECRET)).contains("--env-file");
    assertThat(engine.must("inspect", "--format", "{{json .Config.Labels}}", web))
        .doesNotContain(SECRET);
    driver.delete(web, WhenActive.STOP, CALL);
    driver.snapshots().deleteAll(web, CALL);

    ContainerDriver failing =
        DockerContainerDriver.of(
            engine.config(
                "template.t.docker-options",
                "--env DB_PASSWORD=" + SECRET + " --network no-such-network"),
            Template.builder("t", "docker").image(engine.base()).build());
    assertThatThrownBy(() -> failing.activate(web, WhenActive.STOP, CALL))
        .hasMessageNotContaining(SECRET);
    bench.remains();
  }
}
