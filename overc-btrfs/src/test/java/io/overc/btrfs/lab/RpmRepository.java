package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of rpm packages built on the spot, with the metadata that dnf and zypper read. */
public final class RpmRepository implements PackageRepository {
  private final Lab lab;
  private final Path directory;

  /**
   * Makes an empty repository.
   *
   * @param lab where
   */
  public RpmRepository(Lab lab) {
    this.lab = lab;
    this.directory = lab.newDirectory("rpm-repository");
  }

  /**
   * Makes a repository that offers what another offers now.
   *
   * @return the copy
   */
  public RpmRepository copy() {
    RpmRepository copy = new RpmRepository(lab);
    lab.run("copy the repository", "cp", "-a", directory + "/.", copy.directory);
    return copy;
  }

  /**
   * Returns where its packages lie, to name it as {@code file://} or to serve it.
   *
   * @return a directory
   */
  public Path directory() {
    return directory;
  }

  @Override
  public void publish(LabPackage offered) {
    publish(offered, "");
  }

  /** Publishes a package whose preamble has more lines than the others'. */
  void publish(LabPackage offered, String preamble) {
    Path work = lab.newDirectory("rpmbuild");
    Path stage = work.resolve("stage");
    offered.stage(stage);
    Path spec = work.resolve(offered.name() + ".spec");
    Skeleton.write(spec, spec(offered, stage, preamble));
    lab.run(
        "build " + offered.name(),
        "rpmbuild",
        "-bb",
        "--quiet",
        "--define",
        "_topdir " + work,
        "--define",
        "_rpmdir " + directory,
        "--define",
        "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm",
        spec);
    try {
      lab.run("index the repository", "createrepo_c", "--quiet", directory);
      lab.run("clear away what was built from", "rm", "-rf", work);
      Files.deleteIfExists(directory.resolve(".repodata"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String spec(LabPackage offered, Path stage, String preamble) {
    StringBuilder spec = new StringBuilder();
    spec.append("%global debug_package %{nil}\n")
        .append("%global __os_install_post %{nil}\n")
        .append("%global _build_id_links none\n")
        .append("%global _binary_payload w1.gzdio\n")
        .append("Name: ")
        .append(offered.name())
        .append('\n')
        .append("Version: ")
        .append(offered.version())
        .append('\n')
        .append("Release: 1\nSummary: ")
        .append(offered.name())
        .append("\nLicense: none\n")
        .append("AutoReqProv: no\n")
        .append(preamble)
        .append("%description\nMade in a laboratory.\n")
        .append("%install\ncp -a ")
        .append(stage)
        .append("/. %{buildroot}/\n");
    if (!offered.pre().isEmpty()) {
      spec.append("%pre\n").append(offered.pre()).append('\n');
    }
    if (!offered.post().isEmpty()) {
      spec.append("%post\n").append(offered.post()).append('\n');
    }
    spec.append("%files\n");
    offered.files().keySet().forEach(file -> spec.append(file).append('\n'));
    return spec.toString();
  }
}
