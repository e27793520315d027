package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.overlay.WhenRunning;
import io.overc.snapshot.SnapshotId;
import io.overc.testkit.TreeDigest;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the operations on containers and snapshots do where directories are shared. */
@DisplayName("Where a container shares a directory")
class OverlayDriverIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private static final String APT =
      "#!/bin/sh\ncase \"$*\" in *simulate*) echo Inst x;; *dist*) cat /data/same >/usr/new;; esac\n";

  private LxcLab lab;
  private Path web;
  private TreeDigest before;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    web = lab.plain("web");
    Path base = lab.plain("base");
    for (Path root : List.of(web, base)) {
      Files.createDirectories(root.resolve("data/dir"));
      Files.writeString(root.resolve("data/same"), "same");
      Files.writeString(root.resolve("data/dir/same"), "same too");
      Files.writeString(root.resolve("data/own"), root.toString());
    }
    Files.writeString(base.resolve("data/foreign"), "foreign");
    before = TreeDigest.of(web.resolve("data"));
    share("web", "base");
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private void share(String name, String source) {
    lab.sharing().share(name, List.of("/data"), List.of(source), WhenRunning.REFUSE, NONE);
  }

  private void stop(String name) {
    lab.sharing().stop(name, List.of("/data"), WhenRunning.REFUSE, NONE);
  }

  private void assertView(String name) throws IOException {
    lab.driver().start(name, NONE);
    assertThat(before.differences(TreeDigest.of(lab.view(name).resolve("data")))).isEmpty();
  }

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessageContainingAll(words);
  }

  @Test
  @DisplayName("a snapshot has the view, and what is restored from it has layers of its own")
  void snapshots() throws IOException {
    assertView("web");
    WholeSnapshot.of(lab.driver(), "web", NONE); // While it runs.
    lab.store().restore(SnapshotId.of("web_0"), "copy", NONE);
    assertView("copy");
    lab.lxc("lxc-attach", "copy", "--", "sh", "-c", "echo changed >/data/same; rm /data/dir/same");
    assertThat(before.differences(TreeDigest.of(lab.view("web").resolve("data")))).isEmpty();
    assertThat(Files.readString(lab.path().resolve("copy/config")))
        .contains(lab.path().resolve("copy/sharing").toString())
        .doesNotContain(lab.path().resolve("web") + "/", "web_0");
    lab.driver().stop("web", NONE);
    stop("web");
    assertThat(before.differences(TreeDigest.of(web.resolve("data")))).isEmpty();

    lab.driver().rollback("web", NONE);
    assertThat(lab.sharing().list("web")).hasSize(1);
    assertView("web");
  }

  @Test
  @DisplayName("an export has all content, and what is restored from it shares nothing")
  void exports() throws IOException {
    WholeSnapshot.of(lab.driver(), "web", NONE);
    Path file = lab.directory.resolve("web.tar.gz");
    lab.store().exportTo(SnapshotId.of("web_0"), file, NONE);
    SnapshotId id = lab.store().importFrom(file, "other", NONE).id();
    lab.store().restore(id, "other", NONE);
    assertThat(lab.path().resolve("other/config")).content().doesNotContain("overlay");
    assertThat(lab.path().resolve("other/sharing")).doesNotExist();
    Path data = lab.path().resolve("other/rootfs/data");
    assertThat(before.differences(TreeDigest.of(data))).isEmpty();
  }

  @Test
  @DisplayName("its source is not started, replaced, upgraded or deleted until nobody uses it")
  void sources() throws IOException {
    WholeSnapshot.of(lab.driver(), "base", NONE);
    assertRefused(() -> lab.driver().start("base", NONE), "start base", "web");
    assertRefused(() -> lab.driver().delete("base", WhenActive.STOP, NONE), "delete base", "web");
    assertRefused(() -> lab.driver().activate("base", WhenActive.STOP, NONE), "base", "web");
    assertRefused(() -> lab.driver().rollback("base", NONE), "base", "web");
    assertRefused(() -> lab.store().restore(SnapshotId.of("base_0"), "base", NONE), "base", "web");
    assertRefused(
        () -> lab.driver().upgrade("base", UpgradeSource.PACKAGES, NONE),
        "packages of base",
        "web");
    WholeSnapshot.of(lab.driver(), "web", NONE);
    stop("web");
    assertRefused(() -> lab.driver().start("base", NONE), "web_0");
    lab.store().delete(SnapshotId.of("web_0"), NONE);
    lab.driver().start("base", NONE);

    assertRefused(() -> share("web", "base"), "base: it runs", "snapshot");
    share("web", "base_0"); // Served from a snapshot of it.
    assertView("web");
    assertRefused(() -> lab.store().delete(SnapshotId.of("base_0"), NONE), "delete base_0", "web");
  }

  @Test
  @DisplayName(
      "an activation replaces it by one that shares nothing, and a rollback brings it back")
  void activations() throws IOException {
    lab.driver().activate("web", WhenActive.STOP, NONE);
    assertThat(lab.sharing().list("web")).isEmpty();
    assertThat(lab.path().resolve("web/config")).content().doesNotContain("overlay");
    lab.driver().rollback("web", NONE);
    assertThat(before.differences(TreeDigest.of(lab.view("web").resolve("data")))).isEmpty();
    lab.driver().delete("web", WhenActive.STOP, NONE);
    assertThat(lab.path().resolve("web")).doesNotExist();
  }

  @Test
  @DisplayName("an activation says that what is queued ends with the old root")
  void activationWhileQueued() {
    lab.driver().start("web", NONE);
    lab.sharing().stop("web", List.of("/data"), WhenRunning.DEFER, NONE);
    List<String> warnings = new ArrayList<>();
    lab.driver()
        .activate(
            "web",
            WhenActive.STOP,
            OperationOptions.of(
                event -> {
                  if (event instanceof Event.Warned warning) {
                    warnings.add(warning.message());
                  }
                }));
    assertThat(warnings).anyMatch(text -> text.contains("queued for /data of web ends"));
    assertThat(lab.sharing().list("web")).isEmpty();
  }

  @Test
  @DisplayName("an extended attribute that changed in a source is noticed, and stays with a stop")
  void attributes() throws IOException {
    Files.setAttribute(
        lab.path().resolve("base/rootfs/data/same"), "user:flag", ByteBuffer.wrap(new byte[] {1}));
    assertRefused(() -> stop("web"), "/data/same changed", "rescan");
    assertThat(lab.sharing().rescan("web", NONE).changed()).isEqualTo(1);
    stop("web");
    assertThat((byte[]) Files.getAttribute(web.resolve("data/same"), "user:flag"))
        .containsExactly(1);
  }

  @Test
  @DisplayName("an upgrade of packages while it is stopped works in the view, not in the source")
  void packages() throws IOException {
    for (String name : List.of("web", "base")) {
      Path program = lab.path().resolve(name).resolve("rootfs/usr/bin/apt-get");
      Files.createDirectories(Disk.parent(program));
      Files.writeString(program, APT);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    lab.sharing().share("web", List.of("/usr"), List.of("base"), WhenRunning.REFUSE, NONE);
    assertThat(web.resolve("usr/bin/apt-get")).doesNotExist();
    lab.driver().upgrade("web", UpgradeSource.PACKAGES, NONE);
    assertThat(web.resolve("usr/new")).hasContent("same");
    assertThat(lab.path().resolve("base/rootfs/usr/new")).doesNotExist();
    lab.driver().start("web", NONE);
    assertThat(lab.view("web").resolve("usr/new")).hasContent("same");
  }

  @Test
  @DisplayName("a copy that LXC made, which uses layers of it, is not started, nor broken")
  void foreignCopies() {
    lab.lxc("lxc-copy", "web", "-N", "twin");
    assertRefused(() -> lab.driver().start("twin", NONE), "twin", "/data", "another container's");
    assertRefused(() -> stop("web"), "source of twin");
    assertRefused(() -> lab.sharing().rescan("web", NONE), "source of twin");
    assertRefused(() -> lab.driver().delete("web", WhenActive.STOP, NONE), "twin");
    lab.driver().delete("twin", WhenActive.STOP, NONE);
    stop("web");
    lab.lxc("lxc-copy", "web", "-N", "clone", "-B", "overlayfs", "-s");
    assertRefused(() -> share("web", "base"), "source of clone");
  }

  @Test
  @DisplayName("a root that is an overlay, or maps ids, is refused with the reason")
  void roots() throws IOException {
    lab.overlay("below", "above");
    assertRefused(() -> share("above", "base"), "plain directory");
    Files.createDirectories(lab.plain("web2").resolve("data"));
    assertRefused(() -> share("web2", "above"), "plain directory");
    Files.writeString(
        lab.path().resolve("web2/config"),
        "lxc.idmap = u 0 100000 65536\n",
        StandardOpenOption.APPEND);
    assertRefused(() -> share("web2", "base"), "unprivileged");
  }
}
