package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A flat directory of Debian packages built on the spot, with the index that apt reads. */
public final class DebRepository implements PackageRepository {
  private final Lab lab;
  private final Path directory;

  /**
   * Makes an empty repository.
   *
   * @param lab where
   */
  public DebRepository(Lab lab) {
    this.lab = lab;
    this.directory = lab.newDirectory("deb-repository");
  }

  /**
   * Makes a repository that offers what another offers now.
   *
   * @return the copy
   */
  public DebRepository copy() {
    DebRepository copy = new DebRepository(lab);
    lab.run("copy the repository", "cp", "-a", directory + "/.", copy.directory);
    return copy;
  }

  /**
   * Returns where its packages lie, to serve it: apt in a root cannot see it.
   *
   * @return a directory
   */
  public Path directory() {
    return directory;
  }

  @Override
  public void publish(LabPackage offered) {
    Path stage = lab.newDirectory("dpkg-deb");
    offered.stage(stage);
    Skeleton.write(
        stage.resolve("DEBIAN/control"),
        """
        Package: %s
        Version: %s
        Architecture: all
        Maintainer: Laboratory <lab@localhost>
        Description: made in a laboratory
        """
            .formatted(offered.name(), offered.version()));
    script(stage.resolve("DEBIAN/preinst"), offered.pre());
    script(stage.resolve("DEBIAN/postinst"), offered.post());
    Path file = directory.resolve(offered.name() + "_" + offered.version() + "_all.deb");
    lab.run("build " + offered.name(), "dpkg-deb", "--build", "-Zgzip", "-z1", stage, file);
    lab.run("clear away what was built from", "rm", "-rf", stage);
    index();
  }

  private void index() {
    StringBuilder packages = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
      for (Path file : found) {
        packages
            .append(lab.run("read " + file, "dpkg-deb", "--field", file).stdout())
            .append("Filename: ./%s\n".formatted(file.getFileName()))
            .append("Size: %d\n".formatted(Files.size(file)))
            .append("SHA256: %s\n\n".formatted(sha256(Files.readAllBytes(file))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path index = directory.resolve("Packages");
    Skeleton.write(index, packages.toString());
    byte[] bytes = packages.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Skeleton.write(
        directory.resolve("Release"),
        "SHA256:\n " + sha256(bytes) + " " + bytes.length + " Packages\n");
  }

  private static void script(Path file, String text) {
    if (!text.isEmpty()) {
      Skeleton.writeProgram(file, "#!/bin/sh\n" + text + "\n");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
