package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A root of busybox whose packages pacman installed from a {@link PacmanRepository}. There is no
 * package manager in the root: the pacman of this machine works on it from outside.
 */
public final class PacmanRoot implements Contents {
  private final Lab lab;
  private final PacmanRepository repository;

  /**
   * Describes a root.
   *
   * @param lab where
   * @param repository offers {@code lab-demo} and {@code lab-kernel}
   */
  public PacmanRoot(Lab lab, PacmanRepository repository) {
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
  public static PacmanRepository repository(Lab lab, LabPackage kernel) {
    PacmanRepository repository = new PacmanRepository(lab);
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
    Skeleton.write(
        root.resolve("etc/pacman.conf"),
        "[options]\nArchitecture = any\nSigLevel = Never\n[lab]\nServer = " + url + "\n");
  }

  @Override
  public void install(Path root, Path boot) {
    Skeleton.install(root);
    try {
      for (String directory : new String[] {"bin", "var/lib/pacman", "var/cache/pacman/pkg"}) {
        Files.createDirectories(root.resolve(directory));
      }
      Files.copy(Skeleton.BUSYBOX, root.resolve("bin/busybox"));
      Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Skeleton.write(root.resolve("etc/os-release"), "ID=lab\nVERSION_ID=1\n");
    try (PackageServer server = PackageServer.start(repository.directory())) {
      useRepository(root, server.url());
      lab.run(
          "install the root",
          "pacman",
          "--sysroot",
          root,
          "-Sy",
          "--noconfirm",
          "--noprogressbar",
          "lab-demo",
          "lab-kernel");
    }
    Skeleton.installBoot(root, boot);
  }
}
