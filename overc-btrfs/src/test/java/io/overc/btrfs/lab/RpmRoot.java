package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A root installed by dnf from a {@link RpmRepository}: a base of busybox, and the demonstration
 * package and the kernel that the repository offers. There is no package manager in the root: the
 * dnf or zypper of this machine works on it from outside.
 */
public final class RpmRoot implements Contents {
  private static final List<String> REPOSITORIES =
      List.of("etc/yum.repos.d/lab.repo", "etc/zypp/repos.d/lab.repo");

  private final Lab lab;
  private final RpmRepository repository;

  /**
   * Describes a root.
   *
   * @param lab where
   * @param repository offers {@code lab-demo} and {@code lab-kernel}
   */
  public RpmRoot(Lab lab, RpmRepository repository) {
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
  public static RpmRepository repository(Lab lab, LabPackage kernel) {
    RpmRepository repository = new RpmRepository(lab);
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
    String repository = "[lab]\nname=lab\nenabled=1\nbaseurl=" + url + "\ngpgcheck=0\n";
    REPOSITORIES.forEach(file -> Skeleton.write(root.resolve(file), repository));
  }

  @Override
  public void install(Path root, Path boot) {
    Skeleton.install(root);
    repository.publish(base(), "Provides: system-release = 1\n");
    useRepository(root, "file://" + repository.directory());
    lab.run(
        "install the root",
        "dnf",
        "-y",
        "-q",
        "--installroot=" + root,
        "--releasever=1",
        "install",
        "lab-base",
        "lab-demo",
        "lab-kernel");
    Skeleton.installBoot(root, boot);
  }

  private static LabPackage base() {
    try {
      byte[] busybox = Files.readAllBytes(Skeleton.BUSYBOX);
      byte[] release = "ID=lab\nVERSION_ID=1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return new LabPackage(
          "lab-base",
          "1",
          Map.of("/bin/busybox", busybox, "/bin/sh", busybox, "/etc/os-release", release),
          "",
          "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
