package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.docker.engine.Labels;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.snapshot.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("an archive from elsewhere gets nothing of this host")
class HostileArchiveIT {
  private static final String OPTIONS =
      String.join(
          "\n",
          "--privileged",
          "--volume=/:/host",
          "-v/:/short",
          "--mount=type=bind,source=/etc,target=/mnt",
          "--device=/dev/null:/dev/taken",
          "--cap-add=SYS_ADMIN",
          "--security-opt=seccomp=unconfined",
          "--network=host",
          "--pid=host",
          "--env=HOME",
          "--env-file=/etc/passwd",
          "--label=" + Labels.SERVICE + "=db",
          "--memory=67108864",
          "--read-only");
  private static final String HOST =
      "{{.HostConfig.Privileged}} {{.HostConfig.Binds}} {{len .HostConfig.Mounts}}"
          + " {{.HostConfig.Devices}} {{.HostConfig.CapAdd}} {{.HostConfig.SecurityOpt}}"
          + " {{.HostConfig.NetworkMode}} {{.HostConfig.PidMode}} {{.HostConfig.Memory}}"
          + " {{.HostConfig.ReadonlyRootfs}}";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final List<String> warnings = new ArrayList<>();
  private final OperationOptions call =
      OperationOptions.of(
          event -> {
            if (event instanceof Event.Warned warned) {
              warnings.add(warned.message());
            }
          });

  @TempDir Path directory;

  @AfterEach
  void close() {
    store().subjects().stream()
        .filter(subject -> subject.startsWith(bench.name("")))
        .forEach(subject -> store().deleteAll(subject, OperationOptions.defaults()));
    bench.close();
  }

  private SnapshotStore store() {
    return DockerSnapshotStore.of(engine.config());
  }

  /** Makes an image with labels, and an archive of it under names; the names stay as they were. */
  private Path archive(String[] names, String... labels) {
    String maker = bench.name("maker");
    engine.must("create", "--name", maker, "--network", "none", engine.base(), "sleep", "1000");
    List<String> commit = new ArrayList<>(List.of("commit"));
    for (String label : labels) {
      commit.addAll(List.of("--change", "LABEL " + label));
    }
    commit.addAll(List.of(maker, bench.name("crafted") + ":1"));
    String crafted = engine.must(commit.toArray(String[]::new));
    engine.must("rm", maker);
    Path file = directory.resolve("crafted.tar");
    List<String> save = new ArrayList<>(List.of("save", "--output", file.toString()));
    for (String name : names) {
      String before = engine.docker("images", "--quiet", "--no-trunc", name).stdout().strip();
      engine.must("tag", crafted, name);
      save.add(name);
      if (!before.isEmpty()) {
        engine.must("tag", before, bench.name("keep") + ":" + save.size());
      }
    }
    engine.must(save.toArray(String[]::new));
    for (int i = 3; i < save.size(); i++) {
      engine.must("rmi", save.get(i));
      String kept = bench.name("keep") + ":" + (i + 1);
      if (engine.docker("image", "inspect", kept).succeeded()) {
        engine.must("tag", kept, save.get(i));
      }
    }
    engine.must("rmi", "--force", bench.name("crafted") + ":1");
    return file;
  }

  private String restored(Path file, ImportOptions options) {
    String name = bench.name("web");
    Snapshot snapshot = store().importFrom(file, name, options, call);
    store().restore(snapshot.id(), name, call);
    return engine.must("inspect", "--format", HOST, name);
  }

  @Test
  @DisplayName("neither by the options that it brings")
  void options() {
    String label = "io.overc.snapshot.options=" + Labels.encode(OPTIONS);
    Path file = archive(new String[] {bench.name("from") + ":1"}, label);
    assertThat(restored(file, ImportOptions.defaults()))
        .isEqualTo("false [] 0 [] [] [] %s  67108864 true".formatted(engine.network()));
    assertThat(warnings)
        .anyMatch(text -> text.contains("--privileged"))
        .anyMatch(text -> text.contains("--volume=/:/host"))
        .anyMatch(text -> text.contains("-v/:/short"))
        .anyMatch(text -> text.contains("--env-file"));
    String web = bench.name("web");
    assertThat(engine.must("inspect", "--format", "{{.Config.Env}} {{.Config.Labels}}", web))
        .doesNotContain("HOME=")
        .doesNotContain("db");
  }

  @Test
  @DisplayName("unless it is trusted by name")
  void trusted() {
    String label = "io.overc.snapshot.options=" + Labels.encode(OPTIONS);
    Path file = archive(new String[] {bench.name("from") + ":1"}, label);
    assertThat(restored(file, ImportOptions.trusting(Set.of(Trust.MOUNTS, Trust.DEVICES))))
        .isEqualTo(
            "false [/:/host] 1 [{/dev/null /dev/taken rwm}] [] [] %s  67108864 true"
                .formatted(engine.network()));
  }

  @Test
  @DisplayName("nor by names of images, which stay where they are")
  void tags() {
    String local = bench.name("template") + ":1";
    engine.must("tag", engine.base(), local);
    String before = engine.must("image", "inspect", "--format", "{{.Id}}", local);
    Path file = archive(new String[] {local, bench.name("new") + ":1"}, "crafted=1");
    assertThat(engine.must("image", "inspect", "--format", "{{.Id}}", local)).isEqualTo(before);
    store().importFrom(file, bench.name("web"), ImportOptions.defaults(), call);
    assertThat(engine.must("image", "inspect", "--format", "{{.Id}}", local)).isEqualTo(before);
    assertThat(engine.docker("image", "inspect", bench.name("new") + ":1").succeeded()).isFalse();
    ContainerDriver driver =
        DockerContainerDriver.of(
            engine.config(),
            Template.builder("t", "docker").image(bench.name("other") + ":1").build());
    driver.sendImage(ImageSource.of(file.toString()), call);
    assertThat(engine.must("image", "inspect", "--format", "{{.Id}}", local)).isEqualTo(before);
    engine.must("rmi", "--force", bench.name("other") + ":1");
  }

  @Test
  @DisplayName("nor by the name of a snapshot that is here")
  void original() {
    String name = bench.name("web");
    engine.must("create", "--name", name, "--network", "none", engine.base(), "sleep", "1000");
    SnapshotId id = store().create(name, SnapshotOptions.defaults(), call).id();
    Path file = directory.resolve("export.tar");
    store().exportTo(id, file, call);
    Snapshot twin = store().importFrom(file, name, ImportOptions.defaults(), call);
    assertThat(store().list(name)).extracting(Snapshot::id).containsExactly(id, twin.id());
    store().delete(twin.id(), call);
    assertThat(store().list(name)).extracting(Snapshot::id).containsExactly(id);
  }

  @Test
  @DisplayName("nor by counting as part of a service or as a container of a build")
  void membership() {
    Path file =
        archive(
            new String[] {bench.name("from") + ":1"},
            Labels.MARK + "=0",
            Labels.SERVICE + "=" + bench.name("web"),
            Labels.WORK + "=a:1:b:c",
            Labels.OWNER + "=a:1:b:c",
            Labels.INTENT + "=x",
            Labels.ROLE + "=base");
    restored(file, ImportOptions.defaults());
    String web = bench.name("web");
    assertThat(bench.runner().list()).noneMatch(service -> service.name().equals(web));
    assertThat(engine.must("inspect", "--format", "{{json .Config.Labels}}", web))
        .contains("\"io.overc.servicepack.role\":\"\"")
        .contains("\"io.overc.work\":\"\"")
        .contains("\"io.overc.service\":\"\"");
  }

  @Test
  @DisplayName("and one of several images is refused")
  void several() {
    Path file = directory.resolve("two.tar");
    String other = engine.image("other", "LABEL other=1");
    engine.must("save", "--output", file.toString(), engine.base(), other);
    assertThatThrownBy(
            () -> store().importFrom(file, bench.name("web"), ImportOptions.defaults(), call))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("2 images");
  }
}
