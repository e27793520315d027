package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.lxc.container.RunningContainers;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.Real;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers whose ids are mapped: of an ordinary user, and of root. */
class UnprivilegedIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final int USER = 59_999;
  private static final int FIRST = 100_000;

  /**
   * Becomes a user whom only this process knows: with sub-ids, as /etc/subuid would give them, and
   * with cgroups to put containers into, as a login would.
   */
  private static final String AS_USER =
      """
      set -eu
      at=$1 user=$2 first=$3
      shift 3
      for file in passwd group; do cp /etc/$file "$at/$file"; done
      echo "lxct:x:$user:$user::$at/home:/bin/sh" >>"$at/passwd"
      echo "lxct:x:$user:" >>"$at/group"
      printf '%s\\n' "lxct:$first:65536" "root:$first:65536" >"$at/subids"
      mount --bind "$at/passwd" /etc/passwd
      mount --bind "$at/group" /etc/group
      mount --bind "$at/subids" /etc/subuid
      mount --bind "$at/subids" /etc/subgid
      for root in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [ -f "$root/cgroup.procs" ] || continue
        group=$root/lxct-$user
        mkdir -p "$group"
        for file in cpuset.cpus cpuset.mems; do
          [ ! -f "$root/$file" ] || [ ! -f "$group/$file" ] || cat "$root/$file" >"$group/$file"
        done
        chown -R "$user:$user" "$group"
        echo $$ >"$group/cgroup.procs"
      done
      mkdir -p "$at/home" "$at/run"
      chown "$user:$user" "$at/home" "$at/run"
      cd "$at/home"
      exec setpriv --reuid "$user" --regid "$user" --clear-groups \\
        env HOME="$at/home" XDG_RUNTIME_DIR="$at/run" "$@"
      """;

  private static final String REMOVE_GROUPS =
      """
      for group in /sys/fs/cgroup/lxct-* /sys/fs/cgroup/*/lxct-*; do
        [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} +
      done
      """;

  private LxcLab lab;
  private Path image;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    Real.tools("newuidmap", "lxc-usernsexec", "setpriv", "mknod");
    Path root = LxcLab.root(lab.directory.resolve("u.root"), LxcLab.INIT);
    lab.run("mknod", root.resolve("dev/sda").toString(), "b", "8", "0");
    image = lab.directory.resolve("u.tar.gz");
    lab.run("tar", "-czf", image.toString(), "-C", root.toString(), ".");
  }

  @AfterEach
  void close() throws IOException {
    // The container itself is ended by what deletes it, or by this.
    Path path = lab.directory.resolve("home/c");
    for (String name : new RunningContainers(Path.of("/proc/net/unix"), path).names()) {
      lab.runner.run(Command.of("lxc-stop", "-P", path.toString(), "-n", name, "-k").build());
    }
    lab.run("sh", "-c", REMOVE_GROUPS);
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {USER, 0})
  @DisplayName("an ordinary user, or root, activates, snapshots, rolls back, restores and deletes")
  void mapped(int user) throws IOException {
    Real.need(Files.exists(Path.of("/etc/subuid")), "there is no /etc/subuid to mount over");
    List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
    words.addAll(List.of("sh", "-c", AS_USER, "sh", lab.directory.toString()));
    words.addAll(List.of(String.valueOf(user), String.valueOf(FIRST)));
    words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", readableClassPath()));
    words.addAll(List.of(UnprivilegedIT.class.getName(), lab.directory.toString()));
    CommandResult result = lab.runner.run(Command.of(words).timeout(Duration.ofMinutes(2)).build());
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
  }

  /** The child: does the story as the user that it is. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    story(directory, Files.createDirectories(directory.resolve("home/c")));
  }

  private static void story(Path directory, Path path) throws IOException {
    Path home = Disk.parent(path);
    Path config = home.resolve("u.conf");
    Files.writeString(
        config,
        """
        lxc.net.0.type = empty
        lxc.mount.auto = proc:mixed sys:ro
        lxc.idmap = u 0 %1$d 65536
        lxc.idmap = g 0 %1$d 65536
        """
            .formatted(FIRST));
    Path image = Files.copy(directory.resolve("u.tar.gz"), home.resolve("mine.tar"));
    LxcSettings settings =
        new LxcSettings(
            path,
            home.resolve("usnaps"),
            home.resolve("images"),
            config,
            List.of("/bin/true"),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(20),
            256L << 20,
            Duration.ofMinutes(2),
            Path.of("/"));
    Template template = Template.builder("web", "lxc").image(image.toString()).build();
    ContainerDriver driver = LxcBackends.of(settings).template(template).containerDriver();
    SnapshotStore store = LxcBackends.of(settings).snapshotStore();
    String lxcPath = path.toString();

    driver.activate("web", WhenActive.REFUSE, NONE);
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    Path root = path.resolve("web/rootfs");
    assertThat(Files.getAttribute(root, "unix:uid")).isEqualTo(FIRST);
    assertThat(Files.getAttribute(path.resolve("web"), "unix:mode")).isEqualTo(0040770);
    assertThat(Files.getAttribute(path.resolve("web"), "unix:gid")).isEqualTo(FIRST);
    assertThat(Files.getAttribute(root.resolve("bin/busybox"), "unix:uid")).isEqualTo(FIRST);
    assertThat(root.resolve("dev/sda")).as("a device in the image").doesNotExist();
    assertThat(in(lxcPath, "web", "id -u; echo -n one >/version")).isEqualTo("0\n");
    WholeSnapshot.of(driver, "web", NONE);
    in(lxcPath, "web", "echo -n two >/version");
    driver.rollback("web", NONE);
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(in(lxcPath, "web", "cat /version")).isEqualTo("one");
    in(lxcPath, "web", "echo -n three >/version");
    assertThat(driver.activate("web", WhenActive.STOP, NONE).snapshot())
        .hasValue(SnapshotId.of("web_1"));
    assertThat(in(lxcPath, "web", "[ -e /version ] || echo -n new")).isEqualTo("new");
    store.restore(SnapshotId.of("web_1"), "copy", NONE);
    driver.start("copy", NONE);
    assertThat(in(lxcPath, "copy", "cat /version; touch /mine")).isEqualTo("three");
    assertThat(Files.getAttribute(path.resolve("copy/rootfs/version"), "unix:uid"))
        .isEqualTo(FIRST);
    driver.stop("web", NONE);
    assertThatThrownBy(() -> driver.upgrade("web", io.overc.container.UpgradeSource.PACKAGES, NONE))
        .isInstanceOf(OvercException.class);
    driver.delete("copy", WhenActive.STOP, NONE);
    driver.delete("web", WhenActive.STOP, NONE);
    assertThat(driver.snapshots().deleteAll("web", NONE)).isEqualTo(2);
    assertThat(driver.list()).isEmpty();
    for (String work : List.of("new", "old", "trash", "journal", "frozen")) {
      assertThat(Disk.list(path.resolve(".overc").resolve(work))).as(work).isEmpty();
    }
    assertThat(Disk.list(home.resolve("usnaps/.overc"))).isEmpty();
  }

  private static String in(String lxcPath, String name, String script) {
    return CommandRunner.system()
        .run(
            Command.of("lxc-attach", "-P", lxcPath, "-n", name, "-l", "ERROR")
                .arguments("--", "/bin/sh", "-c", script)
                .build())
        .orThrow("run " + script)
        .stdout();
  }

  /** Copies the class path of this JVM to where another user can read it. */
  private String readableClassPath() throws IOException {
    Path copies = Files.createDirectories(lab.directory.resolve("classes"));
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
        Path copy = copies.resolve(entries.size() + "-" + Path.of(entry).getFileName());
        lab.run("cp", "-rL", entry, copy.toString());
        entries.add(copy.toString());
      }
    }
    lab.run("chmod", "-R", "a+rX", copies.toString());
    return String.join(":", entries);
  }
}
