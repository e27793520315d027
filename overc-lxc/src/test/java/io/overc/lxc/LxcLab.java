package io.overc.lxc;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.RunningContainers;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.Real;
import io.overc.testkit.Unmount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory of LXC containers of its own, with images made of busybox. Closing it ends and
 * removes everything in it.
 */
final class LxcLab implements AutoCloseable {
  /** An init that ends at once when it is asked to. */
  static final String INIT =
      "#!/bin/sh\ntrap 'exit 0' USR1 PWR TERM\nwhile :; do sleep 3600 & wait; done\n";

  private static final List<String> APPLETS =
      List.of("sh", "sleep", "cat", "echo", "ls", "mkdir", "rm", "true", "false", "id", "touch");

  final Path directory;
  final CommandRunner runner = CommandRunner.system();

  /** Long enough to see that a container ends at once. */
  private static final Duration WATCHED = Duration.ofMillis(100);

  /** For the many starts of matrices, where no container ends by itself. */
  private static final Duration HARDLY_WATCHED = Duration.ofMillis(10);

  /** The memory that is mounted for this lab. */
  private final Optional<Path> memory;

  private final Duration settle;

  private LxcLab(Path directory, Optional<Path> memory, Duration settle) {
    this.directory = directory;
    this.memory = memory;
    this.settle = settle;
  }

  static LxcLab open() throws IOException {
    need();
    // Short, as the name of a container's socket has to fit 108 bytes.
    Path directory = Files.createTempDirectory("lxct").toRealPath();
    return fill(new LxcLab(directory, Optional.empty(), WATCHED));
  }

  private static LxcLab fill(LxcLab lab) throws IOException {
    Files.setPosixFilePermissions(lab.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(lab.path());
    Files.createDirectories(lab.snapshots());
    Files.writeString(
        lab.config(),
        "lxc.net.0.type = empty\nlxc.autodev = 1\nlxc.mount.auto = proc:mixed sys:ro\n");
    lab.image("good", INIT);
    Files.copy(lab.directory.resolve("good.tar.gz"), lab.image());
    return lab;
  }

  private static void need() {
    Real.root();
    Real.tools("lxc-start", "lxc-copy", "rsync", "busybox", "tar", "unshare", "nsenter");
  }

  /** Opens a lab that no disk slows down, for what kills processes and cuts no power. */
  static LxcLab inMemory() throws IOException {
    need();
    Path place = Memory.tmpfs();
    return fill(new LxcLab(place, Optional.of(place), HARDLY_WATCHED));
  }

  /** Opens the same for overlays, whose layers must not be on a tmpfs: on an ext4 in memory. */
  static LxcLab onDiskInMemory() throws IOException {
    need();
    Path place = Memory.tmpfs();
    return fill(new LxcLab(Memory.disk(place), Optional.of(place), HARDLY_WATCHED));
  }

  /** Opens a lab that another process made; not to be closed. */
  static LxcLab at(Path directory) {
    return new LxcLab(directory, Optional.empty(), HARDLY_WATCHED);
  }

  Path path() {
    return directory.resolve("c");
  }

  Path snapshots() {
    return directory.resolve("csnaps");
  }

  Path config() {
    return directory.resolve("default.conf");
  }

  /** The template's image. */
  Path image() {
    return directory.resolve("image.tar");
  }

  LxcSettings settings() {
    return settings(snapshots());
  }

  LxcSettings settings(Path snapshots) {
    return settings(path(), snapshots, List.of("/bin/true"), 30, Duration.ofSeconds(20));
  }

  LxcSettings settings(List<String> ready, Duration readyTimeout, Duration stopTimeout) {
    return settings(path(), snapshots(), ready, readyTimeout.toSeconds(), stopTimeout);
  }

  /** Returns the settings for another directory of containers, the snapshots beside it. */
  LxcSettings settingsOf(Path path) {
    Path snapshots = path.resolveSibling(path.getFileName() + "snaps");
    return settings(path, snapshots, List.of("/bin/true"), 30, Duration.ofSeconds(20));
  }

  private LxcSettings settings(
      Path path, Path snapshots, List<String> ready, long readySeconds, Duration stopTimeout) {
    return new LxcSettings(
        path,
        snapshots,
        directory.resolve("images"),
        config(),
        ready,
        Duration.ofSeconds(readySeconds),
        settle,
        stopTimeout,
        256L << 20,
        Duration.ofMinutes(2),
        directory.resolve("essential"));
  }

  Template template() {
    return Template.builder("web", "lxc").image(image().toString()).build();
  }

  LxcBackends backends() {
    return LxcBackends.of(settings()).template(template());
  }

  ContainerDriver driver() {
    return backends().containerDriver();
  }

  SnapshotStore store() {
    return backends().snapshotStore();
  }

  /** Makes an image whose container runs a script as its init. */
  ImageSource image(String name, String init) throws IOException {
    Path root = root(directory.resolve(name + ".root"), init);
    Path archive = directory.resolve(name + ".tar.gz");
    run("tar", "-czf", archive.toString(), "-C", root.toString(), ".");
    return ImageSource.of(archive.toString());
  }

  static Path root(Path root, String init) throws IOException {
    for (String name : List.of("bin", "sbin", "dev", "proc", "sys", "etc", "root", "tmp")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.copy(
        Path.of("/bin/busybox"),
        root.resolve("bin/busybox"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    for (String applet : APPLETS) {
      Path link = root.resolve("bin").resolve(applet);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of("busybox"));
    }
    Path program = Files.writeString(root.resolve("sbin/init"), init);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return root;
  }

  /** Makes a container backed by a plain directory, and an overlay of that name plus "-o" on it. */
  void overlay(String base, String overlay) throws IOException {
    if (!Files.exists(path().resolve(base))) {
      root(container(base), INIT);
    }
    lxc("lxc-copy", base, "-N", overlay, "-B", "overlayfs", "-s");
  }

  /** Makes a container backed by a plain directory, and returns its root. */
  Path plain(String name) throws IOException {
    return root(container(name), INIT);
  }

  /** Makes a container backed by a plain directory that is still empty, and returns that. */
  Path container(String name) throws IOException {
    Path container = Files.createDirectories(path().resolve(name));
    Path root = Files.createDirectories(container.resolve("rootfs"));
    Files.writeString(
        container.resolve("config"),
        Files.readString(config())
            + "lxc.rootfs.path = dir:"
            + root
            + "\nlxc.uts.name = "
            + name
            + "\n");
    return root;
  }

  LxcOverlaySharing sharing() {
    return backends().overlaySharing();
  }

  /** Returns the root that the processes of a running container see. */
  Path view(String name) {
    String pid = lxc("lxc-info", name, "-p", "-H").stdout().strip();
    return Path.of("/proc", pid, "root");
  }

  CommandResult lxc(String tool, String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(tool, "-P", path().toString(), "-n", name, "-l", "ERROR"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  CommandResult run(String... arguments) {
    return runner
        .run(Command.of(List.of(arguments)).timeout(Duration.ofMinutes(2)).build())
        .orThrow("run " + arguments[0]);
  }

  /** Returns where a container keeps its files. */
  Path rootOf(String name) {
    return ContainerConfig.of(path().resolve(name)).root().orElseThrow().directory();
  }

  void write(String name, String file, String text) throws IOException {
    boolean overlay =
        !ContainerConfig.of(path().resolve(name)).root().orElseThrow().lowers().isEmpty();
    if (overlay && running().contains(name)) {
      // Writing below a mounted overlay is undefined: go through the container.
      lxc(
          "lxc-attach",
          name,
          "--",
          "sh",
          "-c",
          "mkdir -p /data; echo -n \"$1\" >/data/$2",
          "sh",
          text,
          file);
    } else {
      Files.createDirectories(rootOf(name).resolve("data"));
      Files.writeString(rootOf(name).resolve("data").resolve(file), text);
    }
  }

  String read(String name, String file) throws IOException {
    Path path = rootOf(name).resolve("data").resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  /** Lists what operations have left unfinished. */
  List<Path> leftovers() {
    List<Path> found = new ArrayList<>();
    for (String work : List.of("new", "old", "trash", "journal", "frozen")) {
      found.addAll(Disk.list(path().resolve(".overc").resolve(work)));
    }
    found.addAll(Disk.list(snapshots().resolve(".overc")));
    return found;
  }

  java.util.Set<String> running() {
    return new RunningContainers(Path.of("/proc/net/unix"), path()).names();
  }

  @Override
  public void close() throws IOException {
    for (String name : running()) {
      lxc("lxc-stop", name, "-k");
    }
    if (memory.isPresent()) {
      Unmount.of(runner, memory.get(), "--recursive");
    }
    run("rm", "-rf", "--one-file-system", memory.orElse(directory).toString());
  }
}
