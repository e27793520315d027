package io.overc.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageDigest;
import io.overc.container.ImageSource;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandTimeoutException;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.ScriptedCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptContainerDriverTest {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @TempDir Path directory;
  private final ScriptedCommandRunner runner = new ScriptedCommandRunner();

  @BeforeEach
  void script() throws IOException {
    script("web", "exit 0");
    runner.answer(".*", "");
  }

  @Test
  @DisplayName("each verb is one call with the arguments of the protocol")
  void protocol() {
    ScriptContainerDriver web = driver("web");
    web.activate("c", WhenActive.REFUSE, NONE);
    web.activate("c", WhenActive.STOP, NONE);
    web.start("c", NONE);
    web.stop("c", NONE);
    web.sendImage(ImageSource.of("http://host/a b?c=1&d"), NONE);
    web.update(NONE);
    web.upgrade("c", UpgradeSource.PACKAGES, NONE);
    web.rollback("c", NONE);
    web.rollback("c", "s1", NONE);
    web.list();
    web.snapshots().list("c");
    web.status("c");
    web.delete("c", WhenActive.REFUSE, NONE);
    web.delete("c", WhenActive.STOP, NONE);
    web.snapshots().deleteAll("c", NONE);
    String script = directory.resolve("web").toString();
    assertThat(runner.commands())
        .extracting(command -> command.arguments())
        .containsExactly(
            List.of(script, "-a", "-n", "c"),
            List.of(script, "-a", "-n", "c", "-f"),
            List.of(script, "-S", "-n", "c"),
            List.of(script, "-K", "-n", "c"),
            List.of(script, "-s", "-u", "http://host/a b?c=1&d"),
            List.of(script, "-U"),
            List.of(script, "-r", "-n", "c"),
            List.of(script, "-R", "-n", "c"),
            List.of(script, "-R", "-n", "c", "-b", "s1"),
            List.of(script, "-L"),
            List.of(script, "-B", "-n", "c"),
            List.of(script, "-A", "-n", "c"),
            List.of(script, "-d", "-n", "c"),
            List.of(script, "-d", "-n", "c", "-f"),
            List.of(script, "-B", "-n", "c"),
            List.of(script, "-D", "-n", "c"));
  }

  @Test
  @DisplayName("an upgrade from the image updates the template and activates with force")
  void upgradeFromTheImage() {
    assertThat(driver("web").upgrade("c", UpgradeSource.IMAGE, NONE).change())
        .isEqualTo(Change.UNKNOWN);
    String script = directory.resolve("web").toString();
    assertThat(runner.lines()).containsExactly(script + " -U", script + " -a -n c -f");
  }

  @Test
  @DisplayName("the status is the exit code: 0 absent, 2 inactive, 3 active, all else an error")
  void status() {
    ScriptContainerDriver web = driver("web");
    runner.fail(".* -A -n off", 2, "").fail(".* -A -n on", 3, "").fail(".* -A -n bad", 1, "boom");
    assertThat(web.status("none")).isEqualTo(ContainerStatus.ABSENT);
    assertThat(web.status("off")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(web.status("on")).isEqualTo(ContainerStatus.ACTIVE);
    assertThatThrownBy(() -> web.status("bad"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("status of bad")
        .hasMessageContaining("boom");
  }

  @Test
  @DisplayName("the exit code of a failed script is carried through")
  void exitCodes() {
    runner.fail(".* -S -n c", 42, "no power").fail(".* -A -n c", 2, "");
    assertThatThrownBy(() -> driver("web").start("c", NONE))
        .isInstanceOfSatisfying(
            CommandFailedException.class, e -> assertThat(e.result().exitCode()).isEqualTo(42))
        .hasMessageContaining("no power");
  }

  @Test
  @DisplayName("a failure is a missing container when the script says that it is absent")
  void missingContainer() {
    runner.fail(".* -S -n c", 7, "what?");
    assertThatThrownBy(() -> driver("web").start("c", NONE))
        .isInstanceOf(NotFoundException.class)
        .cause()
        .isInstanceOfSatisfying(
            CommandFailedException.class, e -> assertThat(e.result().exitCode()).isEqualTo(7));
  }

  @Test
  @DisplayName("a failure without force is a refusal when the script says that it is active")
  void activeContainer() {
    runner.fail(".* -d -n c", 1, "").fail(".* -A -n c", 3, "");
    assertThatThrownBy(() -> driver("web").delete("c", WhenActive.REFUSE, NONE))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.remedy().map(Remedy::action)).contains(Remedy.Action.ALLOW_STOP));
  }

  @Test
  @DisplayName("lists take the first word of each line for the name")
  void lists() {
    runner.answer(".* -L", "web2  running\n\nweb1\n").answer(".* -B.*", "s0 before  all\ns1\n");
    ScriptContainerDriver web = driver("web");
    assertThat(web.list()).extracting(Container::name).containsExactly("web1", "web2");
    assertThat(web.snapshots().list("c"))
        .containsExactly(
            new Snapshot("c", SnapshotId.of("s0"), Optional.empty(), Optional.of("before  all")),
            new Snapshot("c", SnapshotId.of("s1"), Optional.empty(), Optional.empty()));
  }

  @Test
  @DisplayName("what the protocol cannot say about a snapshot is refused, and no script is called")
  void snapshotOptions() {
    SnapshotStore store = driver("web").snapshots();
    for (SnapshotOptions options :
        List.of(
            SnapshotOptions.builder().comment("v1").build(),
            SnapshotOptions.builder().freeze(true).build(),
            SnapshotOptions.builder().fullCopy(true).build())) {
      assertThatThrownBy(() -> store.create("c", options, NONE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Cannot snapshot c as asked");
    }
    assertThat(runner.commands()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../web", "/bin/sh", "a/b", "..", "-web", ""})
  @DisplayName("a template that tries to leave the directory is refused")
  void templateNames(String template) {
    assertThatThrownBy(() -> driver(template))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid template name");
  }

  @Test
  @DisplayName("a missing script and one that may not be executed are named with the fix")
  void unusableScripts() throws IOException {
    assertThatThrownBy(() -> driver("db").update(NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(directory.resolve("db").toString())
        .hasMessageContaining("script.dir");
    Files.setPosixFilePermissions(
        directory.resolve("web"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> driver("web").update(NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("chmod +x");
    assertThat(runner.lines()).isEmpty();
  }

  @Test
  @DisplayName("a digest is refused, since no script can check it")
  void digest() {
    ImageSource image =
        ImageSource.of("/a").withDigest(ImageDigest.parse("sha256:" + "0".repeat(64)));
    assertThatThrownBy(() -> driver("web").sendImage(image, NONE))
        .isInstanceOf(RefusedException.class);
    assertThat(runner.lines()).isEmpty();
  }

  @Test
  @DisplayName("output is heard line by line, and a script that hangs is ended with its children")
  void realScript() throws IOException {
    script("slow", "echo one; echo two >&2; sleep 60");
    List<String> lines = new ArrayList<>();
    ScriptContainerDriver slow =
        ScriptContainerDriver.builder("slow")
            .directory(directory)
            .timeout(Duration.ofMillis(500))
            .build();
    assertThatThrownBy(
            () ->
                slow.update(
                    OperationOptions.of(
                        event -> {
                          if (event instanceof Event.Output output) {
                            lines.add(output.line());
                          }
                        })))
        .isInstanceOf(CommandTimeoutException.class);
    assertThat(lines).containsExactlyInAnyOrder("one", "two");
  }

  private ScriptContainerDriver driver(String template) {
    return ScriptContainerDriver.builder(template).directory(directory).runner(runner).build();
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
