package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Archives that somebody made to become root here by. */
class TrustedImportIT {
  /** As {@link LxcLab#INIT}, but first writes where the config has a directory of the host. */
  private static final String INIT = "#!/bin/sh\necho evil >/mnt/mounted\n";

  private LxcLab lab;
  private Path canary;
  private Path archive;
  private final List<String> warnings = new ArrayList<>();
  private final OperationOptions call =
      OperationOptions.builder()
          .listener(
              event -> {
                if (event instanceof Event.Warned warned) {
                  warnings.add(warned.message());
                }
              })
          .build();

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    canary = Files.createDirectory(lab.directory.resolve("canary"));
    Files.writeString(canary.resolve("bird"), "sings");
    archive = archive();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  /** Knows where its parts will lie: the id is the next, and everybody knows lxc.path. */
  private Path archive() throws IOException {
    Path evil = Files.createDirectories(lab.directory.resolve("evil/x"));
    Path root = LxcLab.root(evil.resolve("rootfs"), INIT + LxcLab.INIT.substring(10));
    Files.createDirectory(root.resolve("mnt"));
    Path there = lab.path().resolve("back/rootfs");
    program(root.resolve("hook"), "hooked");
    program(root.resolve("up"), "up");
    program(root.resolve("included-hook"), "included");
    Files.writeString(
        root.resolve("include"), "lxc.hook.pre-start = " + there.resolve("included-hook") + "\n");
    Files.writeString(
        evil.resolve("config"),
        """
        # overc.template = web
        lxc.net.0.type = empty
        lxc.mount.auto = proc:mixed sys:ro
        lxc.uts.name = evil
        lxc.environment = KEPT=yes
        lxc.rootfs.path = dir:/
        lxc.hook.pre-start = %1$s/hook
        lxc.net.0.script.up = %1$s/up
        lxc.include = %1$s/include
        lxc.console.logfile = %2$s/console
        lxc.mount.entry = %2$s mnt none bind 0 0
        """
            .formatted(there, canary));
    Files.createLink(root.resolve("etc/alias"), evil.resolve("config"));
    Files.createLink(root.resolve("etc/time"), Files.writeString(evil.resolve("ts"), "x"));
    Files.writeString(evil.resolve("fstab"), "/etc mnt none bind 0 0\n");
    Files.writeString(
        Files.createDirectories(evil.resolve("sharing")).resolve("pending"), "share /etc\n");
    Path file = lab.directory.resolve("evil.tar.gz");
    lab.run("tar", "-czf", file.toString(), "-C", Disk.parent(evil).toString(), "x");
    return file;
  }

  private void program(Path program, String writes) throws IOException {
    Files.writeString(program, "#!/bin/sh\necho evil >" + canary.resolve(writes) + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void imported(Set<Trust> trusted) {
    lab.store().importFrom(archive, "x", ImportOptions.trusting(trusted), call);
    lab.store().restore(SnapshotId.of("x_0"), "back", call);
    lab.driver().start("back", call);
  }

  @Test
  @DisplayName("what an archive wants of this host is left out and told; its container starts")
  void nothingTrusted() throws IOException {
    imported(Set.of());
    assertThat(lab.running()).containsExactly("back");
    String environment =
        lab.lxc("lxc-attach", "back", "--", "sh", "-c", "cat /proc/1/environ; echo; ls /mnt")
            .stdout();
    assertThat(environment).contains("KEPT=yes").contains("mounted");
    lab.driver().stop("back", call);
    assertThat(Disk.names(canary)).containsExactly("bird");
    assertThat(canary.resolve("bird")).hasContent("sings");
    assertThat(warnings)
        .anyMatch(text -> text.contains("lxc.hook.pre-start") && text.contains("hooks"))
        .anyMatch(text -> text.contains("lxc.net.0.script.up") && text.contains("hooks"))
        .anyMatch(text -> text.contains("lxc.include"))
        .anyMatch(text -> text.contains("lxc.console.logfile") && text.contains("mounts"))
        .anyMatch(text -> text.contains("lxc.mount.entry") && text.contains("mounts"))
        .anyMatch(text -> text.contains("fstab"))
        .anyMatch(text -> text.contains("sharing"))
        .hasSize(7);
    Path snapshot = lab.snapshots().resolve("x_0");
    assertThat(Disk.names(snapshot)).containsOnly("config", "rootfs", "ts");
    // The archive had other names for them, in the root that the container writes.
    assertThat(Files.getAttribute(snapshot.resolve("config"), "unix:nlink")).isEqualTo(1);
    assertThat(Files.getAttribute(snapshot.resolve("ts"), "unix:nlink")).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot)))
        .isEqualTo("rwxrwx---");
  }

  @Test
  @DisplayName("what is trusted by name is kept, and only that")
  void trusted() throws IOException {
    imported(Set.of(Trust.HOOKS, Trust.MOUNTS));
    lab.driver().stop("back", call);
    assertThat(Disk.names(canary)).contains("hooked", "up", "mounted", "console");
    assertThat(Disk.names(canary)).as("an include is never trusted").doesNotContain("included");
  }

  @Test
  @DisplayName(
      "a container of root is not imported where containers map ids, unless that is trusted")
  void rootOfHost() throws IOException {
    Files.writeString(lab.config(), "lxc.idmap = u 0 100000 65536\n");
    assertThatThrownBy(() -> imported(Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("lxc.idmap");
    assertThat(lab.store().subjects()).isEmpty();
    assertThat(lab.leftovers()).isEmpty();
    lab.store().importFrom(archive, "x", ImportOptions.trusting(Set.of(Trust.PRIVILEGES)), call);
    assertThat(lab.store().subjects()).containsExactly("x");
  }
}
