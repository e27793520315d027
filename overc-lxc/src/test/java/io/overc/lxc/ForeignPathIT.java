package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What lies in directories that another user can change. */
class ForeignPathIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final String SECRET = "root:$6$secret";

  private LxcLab lab;
  private ContainerDriver driver;
  private SnapshotStore store;
  private Path secret;
  private Path exported;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    driver = lab.driver();
    store = lab.store();
    secret = Files.writeString(lab.directory.resolve("shadow"), SECRET);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    exported = lab.directory.resolve("out.tar.gz");
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  @DisplayName(
      "root changes nothing in another user's directory of containers, and says whose it is")
  void anotherUser() throws IOException {
    driver.activate("web", WhenActive.REFUSE, NONE);
    driver.stop("web", NONE);
    store.create("web", SnapshotOptions.builder().fullCopy(true).build(), NONE);
    // The locks of the containers become links to what root may write only.
    Path locks = lab.path().resolve(".overc/lock");
    Files.deleteIfExists(locks.resolve("web"));
    Files.createSymbolicLink(locks.resolve("web"), secret);
    lab.run("chown", "-R", "-h", "65534", lab.path().toString());
    List<ThrowingCallable> changes =
        List.of(
            () -> driver.start("web", NONE),
            () -> driver.stop("web", NONE),
            () -> driver.activate("web", WhenActive.STOP, NONE),
            () -> driver.rollback("web", NONE),
            () -> driver.upgrade("web", UpgradeSource.PACKAGES, NONE),
            () -> driver.delete("web", WhenActive.STOP, NONE),
            () -> store.create("web", SnapshotOptions.defaults(), NONE),
            () -> store.exportTo(SnapshotId.of("web_0"), exported, NONE),
            () -> store.restore(SnapshotId.of("web_0"), "other", NONE),
            () -> store.delete(SnapshotId.of("web_0"), NONE));
    for (ThrowingCallable change : changes) {
      assertThatThrownBy(change)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(lab.path() + " belongs to user 65534")
          .hasMessageContaining("as that user");
    }
    assertThat(secret).hasContent(SECRET);
    assertThat(exported).doesNotExist();
    lab.run("chown", "0", lab.path().toString());
    lab.run("chmod", "777", lab.snapshots().toString());
    assertThatThrownBy(() -> driver.stop("web", NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("may be changed by every user");
  }

  @Test
  @DisplayName("labels of a snapshot are no way to what they link to, and a FIFO is not waited for")
  void labels() throws IOException {
    lab.plain("web");
    store.create("web", SnapshotOptions.builder().fullCopy(true).build(), NONE);
    Path comment = lab.snapshots().resolve("web_0/comment");
    Path time = lab.snapshots().resolve("web_0/ts");
    Files.createSymbolicLink(comment, secret);
    assertThat(store.list("web").get(0).comment()).isEmpty();
    assertThatThrownBy(() -> store.exportTo(SnapshotId.of("web_0"), exported, NONE))
        .hasMessageContaining(comment.toString());
    assertThat(exported).doesNotExist();
    Files.delete(comment);
    lab.run("mkfifo", comment.toString());
    assertThat(store.list("web").get(0).comment()).isEmpty();
    assertThatThrownBy(() -> store.exportTo(SnapshotId.of("web_0"), exported, NONE))
        .hasMessageContaining("FIFO");
    Files.delete(comment);
    Files.delete(time);
    lab.run("mknod", time.toString(), "c", "1", "5");
    assertThat(store.list("web")).hasSize(1);
    assertThatThrownBy(() -> store.exportTo(SnapshotId.of("web_0"), exported, NONE))
        .hasMessageContaining("device");
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  @DisplayName("a config that is a FIFO, a device or huge is told, and hides no other container")
  void configs() throws IOException {
    driver.activate("web", WhenActive.REFUSE, NONE);
    List<String> damaged = new ArrayList<>();
    for (String what : List.of("mkfifo", "mknod", "truncate")) {
      Path config = Files.createDirectories(lab.path().resolve(what)).resolve("config");
      switch (what) {
        case "mkfifo" -> lab.run("mkfifo", config.toString());
        case "mknod" -> lab.run("mknod", config.toString(), "c", "1", "5");
        default -> lab.run("truncate", "-s", "200M", config.toString());
      }
      damaged.add(what);
    }
    assertThat(driver.list()).extracting(container -> container.name()).contains("web");
    for (String name : damaged) {
      assertThatThrownBy(() -> driver.start(name, NONE)).isNotNull();
    }
    driver.stop("web", NONE);
    driver.start("web", NONE);
  }

  @Test
  @DisplayName("an image is not fetched into a directory that others can change")
  void images() throws IOException {
    Path theirs = Files.createDirectory(lab.directory.resolve("theirs"));
    lab.run("chown", "65534", theirs.toString());
    Template template =
        Template.builder("web", "lxc").image(theirs.resolve("i.tar").toString()).build();
    ContainerDriver other = lab.backends().template(template).containerDriver();
    assertThatThrownBy(() -> other.sendImage(ImageSource.of(lab.image().toString()), NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("belongs to user 65534");
  }
}
