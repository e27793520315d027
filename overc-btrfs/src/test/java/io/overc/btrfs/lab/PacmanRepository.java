package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A directory of pacman's packages built on the spot, with the database {@code lab.db} that pacman
 * reads. Both are archives with text files in them, so neither makepkg nor repo-add is needed; in
 * Debian, repo-add does not work without makepkg.
 */
public final class PacmanRepository implements PackageRepository {
  /** How the names of packages end. */
  public static final String ENDING = ".pkg.tar.gz";

  private final Lab lab;
  private final Path directory;
  private final Path entries;

  /**
   * Makes an empty repository.
   *
   * @param lab where
   */
  public PacmanRepository(Lab lab) {
    this.lab = lab;
    this.directory = lab.newDirectory("pacman-repository");
    this.entries = lab.newDirectory("pacman-database");
  }

  /**
   * Makes a repository that offers what another offers now.
   *
   * @return the copy
   */
  public PacmanRepository copy() {
    PacmanRepository copy = new PacmanRepository(lab);
    lab.run("copy the repository", "cp", "-a", directory + "/.", copy.directory);
    lab.run("copy the database", "cp", "-a", entries + "/.", copy.entries);
    return copy;
  }

  /**
   * Returns where its packages lie, to serve it: pacman in a root cannot see it.
   *
   * @return a directory
   */
  public Path directory() {
    return directory;
  }

  @Override
  public void publish(LabPackage offered) {
    String version = offered.version() + "-1";
    Path stage = lab.newDirectory("pacman-package");
    offered.stage(stage);
    Skeleton.write(
        stage.resolve(".PKGINFO"),
        """
        pkgname = %s
        pkgbase = %1$s
        pkgver = %s
        pkgdesc = made in a laboratory
        url = http://localhost
        builddate = 1
        packager = Laboratory <lab@localhost>
        size = 1
        arch = any
        """
            .formatted(offered.name(), version));
    if (!(offered.pre() + offered.post()).isEmpty()) {
      Skeleton.write(
          stage.resolve(".INSTALL"),
          function("pre", offered.pre()) + function("post", offered.post()));
    }
    Path file = directory.resolve(offered.name() + "-" + version + "-any" + ENDING);
    pack(stage, file);
    lab.run("clear away what was built from", "rm", "-rf", stage);
    offer(offered.name(), version, file);
  }

  /** A script of pacman holds functions: one for each occasion. */
  private static String function(String when, String script) {
    String body = script.isEmpty() ? ":" : script;
    return "%s_install() {\n%s\n}\n%1$s_upgrade() {\n%2$s\n}\n".formatted(when, body);
  }

  /** A database knows one version of each package. */
  private void offer(String name, String version, Path file) {
    Path entry = entries.resolve(name);
    try {
      byte[] bytes = Files.readAllBytes(file);
      Skeleton.write(
          entry.resolve("desc"),
          """
          %%FILENAME%%
          %s

          %%NAME%%
          %s

          %%VERSION%%
          %s

          %%CSIZE%%
          %d

          %%ISIZE%%
          1

          %%SHA256SUM%%
          %s

          %%ARCH%%
          any

          """
              .formatted(file.getFileName(), name, version, bytes.length, sha256(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Skeleton.write(entry.resolve("version"), version);
    index();
  }

  private void index() {
    Path database = lab.newDirectory("pacman-index");
    try (var offered = Files.list(entries)) {
      for (Path entry : offered.toList()) {
        String version = Skeleton.read(entry.resolve("version"));
        Skeleton.write(
            database.resolve(entry.getFileName() + "-" + version).resolve("desc"),
            Skeleton.read(entry.resolve("desc")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pack(database, directory.resolve("lab.db"));
    lab.run("clear away what was indexed from", "rm", "-rf", database);
  }

  /** Names in the archive begin with no {@code ./}: pacman would not find them. */
  private void pack(Path from, Path archive) {
    lab.run(
        "pack " + archive.getFileName(),
        "sh",
        "-c",
        "cd \"$1\" && ls -A | tar --owner=0 --group=0 --sort=name -czf \"$2\" -T -",
        "sh",
        from,
        archive);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
