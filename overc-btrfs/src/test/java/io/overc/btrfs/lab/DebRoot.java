package io.overc.btrfs.lab;

import io.overc.exec.Command;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A root made by debootstrap, with apt and dpkg in it, which takes its packages from a {@link
 * DebRepository} only. The system is made once per machine and kept in the {@link LabCache}.
 */
public final class DebRoot implements Contents {
  private static final String SUITE = "bookworm";
  private static final Duration LONG = Duration.ofMinutes(20);

  private final Lab lab;
  private final DebRepository repository;

  /**
   * Describes a root.
   *
   * @param lab where
   * @param repository offers {@code lab-demo} and {@code lab-kernel}
   */
  public DebRoot(Lab lab, DebRepository repository) {
    this.lab = lab;
    this.repository = repository;
  }

  /**
   * Makes a repository that offers version 1 of everything.
   *
   * @param lab where
   * @param kernel the kernel package
   * @return the repository
   */
  public static DebRepository repository(Lab lab, LabPackage kernel) {
    DebRepository repository = new DebRepository(lab);
    repository.publish(LabPackage.demo("1"));
    repository.publish(kernel);
    return repository;
  }

  /**
   * Says where a root finds its packages.
   *
   * @param root where the root is mounted
   * @param url the address of the repository
   */
  public static void useRepository(Path root, String url) {
    Skeleton.write(root.resolve("etc/apt/sources.list"), "deb [trusted=yes] " + url + " ./\n");
  }

  @Override
  public void install(Path root, Path boot) {
    Path base = new LabCache(lab).get("debootstrap-" + SUITE, this::bootstrap).resolve("base.tar");
    lab.run("unpack the base system", "tar", "-C", root, "--numeric-owner", "-xpf", base);
    Skeleton.install(root);
    Skeleton.write(root.resolve("etc/apt/apt.conf.d/99lab"), "Acquire::Retries \"0\";\n");
    try (PackageServer server = PackageServer.start(repository.directory())) {
      useRepository(root, server.url());
      inRoot(root, "apt-get", "-qq", "update");
      inRoot(root, "apt-get", "-qq", "-y", "install", "lab-demo", "lab-kernel");
    }
    // On a live machine /dev is another file system: its nodes are not in the root.
    lab.run("empty /dev", "find", root.resolve("dev"), "-mindepth", "1", "-delete");
    Skeleton.installBoot(root, boot);
  }

  private void inRoot(Path root, String... arguments) {
    lab.run(
        "install packages",
        Command.of("chroot", root.toString())
            .arguments(arguments)
            .environment("DEBIAN_FRONTEND", "noninteractive")
            .build());
  }

  private void bootstrap(Path directory) {
    Path system = directory.resolve("system");
    lab.run(
        "make a Debian system",
        Command.of("debootstrap", "--variant=minbase", SUITE, system.toString())
            .timeout(LONG)
            .build());
    lab.run(
        "pack the Debian system",
        "tar",
        "-C",
        system,
        "--numeric-owner",
        "--exclude=./usr/share/doc/*",
        "--exclude=./usr/share/locale/*",
        "--exclude=./usr/share/man/*",
        "--exclude=./var/cache/apt/*",
        "--exclude=./var/lib/apt/lists/*",
        "-cf",
        directory.resolve("base.tar"),
        ".");
    lab.run("clear away the Debian system", "rm", "-rf", "--one-file-system", system);
  }
}
