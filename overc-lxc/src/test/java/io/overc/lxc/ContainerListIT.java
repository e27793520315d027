package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.snapshot.SnapshotOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContainerListIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  @DisplayName("200 containers are listed with their states, without a process, as lxc-ls has them")
  void twoHundred() throws IOException {
    ContainerDriver driver = lab.driver();
    driver.activate("c000", WhenActive.REFUSE, NONE);
    driver.activate("c199", WhenActive.REFUSE, NONE);
    List<String> names = new ArrayList<>(List.of("c000"));
    for (int i = 1; i < 199; i++) {
      names.add("c%03d".formatted(i));
      container("c%03d".formatted(i), "lxc.uts.name = c\n");
    }
    names.add("c199");
    ContainerDriver silent =
        LxcBackends.of(lab.settings()).runner(new NoCommands()).containerDriver();
    List<Container> list = silent.list();
    assertThat(list).extracting(Container::name).containsExactlyElementsOf(names);
    assertThat(list)
        .filteredOn(c -> c.status().equals(Optional.of(ContainerStatus.ACTIVE)))
        .extracting(Container::name)
        .containsExactly("c000", "c199");
    assertThat(list).extracting(Container::status).doesNotContain(Optional.empty());
    assertThat(silent.status("c000")).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(silent.status("c100")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(silent.status("c200")).isEqualTo(ContainerStatus.ABSENT);
    List<String> theirs =
        new ArrayList<>(
            lab.run("lxc-ls", "-P", lab.path().toString(), "-1")
                .lines()
                .map(String::strip)
                .toList());
    Collections.sort(theirs);
    assertThat(theirs).isEqualTo(names);
    // The template's own list has only what was activated from it.
    assertThat(driver.list()).extracting(Container::name).containsExactly("c000", "c199");
  }

  @Test
  @DisplayName("corrupt configs and directories with odd names hide no good container, nor stop it")
  void corruptConfigs() throws IOException {
    ContainerDriver driver = LxcBackends.of(lab.settings()).containerDriver();
    lab.overlay("base", "good");
    container("bad-bytes", "\0\1\2\u00ff lxc.rootfs.path = dir:/\0/x\nlxc.rootfs.path = \0\n");
    container("bad-overlay", "lxc.rootfs.path = overlay:" + lab.path() + "/base/\0:\0\n");
    container(
        "bad-words", "lxc.rootfs.path\nlxc.idmap = u x y z\n= =\nlxc.rootfs.path = overlay:\n");
    container("empty", "");
    container("a b", "lxc.uts.name = odd\n");
    container("-n", "lxc.uts.name = odd\n");
    Files.createDirectories(lab.path().resolve("no-config"));
    Files.createDirectories(lab.path().resolve("config-is-directory/config"));
    Files.createSymbolicLink(
        Files.createDirectories(lab.path().resolve("config-is-dangling")).resolve("config"),
        Path.of("/nonexistent"));
    Files.writeString(lab.path().resolve("a-file"), "no container");

    assertThat(driver.list())
        .extracting(Container::name)
        .containsExactly("bad-bytes", "bad-overlay", "bad-words", "base", "empty", "good");
    assertThat(driver.snapshots().list("good")).isEmpty();
    driver.start("good", NONE);
    lab.write("good", "version", "one");
    lab.store().create("good", SnapshotOptions.builder().freeze(true).build(), NONE);
    lab.write("good", "version", "two");
    driver.rollback("good", NONE);
    assertThat(lab.read("good", "version")).isEqualTo("one");
    assertThat(driver.status("bad-bytes")).isEqualTo(ContainerStatus.INACTIVE);
    driver.delete("good", WhenActive.STOP, NONE);
    for (String bad : List.of("bad-bytes", "bad-overlay", "bad-words", "empty")) {
      driver.delete(bad, WhenActive.REFUSE, NONE);
      assertThat(lab.path().resolve(bad)).doesNotExist();
    }
    assertThat(lab.store().deleteAll("good", OperationOptions.defaults())).isEqualTo(1);
    driver.delete("base", WhenActive.REFUSE, NONE);
    assertThat(driver.list()).isEmpty();
  }

  private void container(String name, String config) throws IOException {
    Path directory = Files.createDirectories(lab.path().resolve(name));
    Files.writeString(directory.resolve("config"), config);
  }

  /** Fails whoever starts a process. */
  private static final class NoCommands implements CommandRunner {
    @Override
    public CommandResult run(Command command) {
      throw new AssertionError("a process was started: " + command);
    }

    @Override
    public RunningCommand start(Command command) {
      throw new AssertionError("a process was started: " + command);
    }
  }
}
