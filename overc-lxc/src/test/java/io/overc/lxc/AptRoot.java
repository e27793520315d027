package io.overc.lxc;

import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts this machine's own apt and dpkg, with the libraries they need, into the root of a container:
 * a real package manager in less than a second, with a repository in {@code /repo}.
 */
final class AptRoot {
  private static final List<String> PROGRAMS =
      List.of(
          "apt-get",
          "dpkg",
          "dpkg-deb",
          "dpkg-split",
          "dpkg-query",
          "tar",
          "rm",
          "diff",
          "ldconfig",
          "start-stop-daemon");

  private final LxcLab lab;
  private final Path root;

  private AptRoot(LxcLab lab, Path root) {
    this.lab = lab;
    this.root = root;
  }

  static AptRoot in(LxcLab lab, Path root) throws IOException {
    Real.tools("apt-get", "dpkg-deb", "dpkg-scanpackages");
    LxcLab.root(root, LxcLab.INIT);
    TreeSet<String> files = new TreeSet<>();
    for (String program : PROGRAMS) {
      files.add(lab.run("sh", "-c", "command -v \"$1\"", "sh", program).stdout().strip());
    }
    for (String method : List.of("file", "copy", "store")) {
      files.add("/usr/lib/apt/methods/" + method);
    }
    List<String> ldd = new ArrayList<>(List.of("ldd"));
    ldd.addAll(files);
    lab.run(ldd.toArray(String[]::new))
        .lines()
        .flatMap(line -> Stream.of(line.strip().split("\\s+", -1)))
        .filter(word -> word.startsWith("/") && !word.endsWith(":"))
        .forEach(files::add);
    for (String table : List.of("cputable", "tupletable", "abitable", "ostable")) {
      files.add("/usr/share/dpkg/" + table);
    }
    List<String> copy = new ArrayList<>(List.of("cp", "-L", "--parents", "-t", root.toString()));
    copy.addAll(files);
    lab.run(copy.toArray(String[]::new));
    for (String directory :
        List.of(
            "var/lib/dpkg/updates",
            "var/lib/dpkg/info",
            "var/lib/dpkg/triggers",
            "var/lib/apt/lists/partial",
            "var/cache/apt/archives/partial",
            "var/log/apt",
            "etc/apt/apt.conf.d",
            "etc/apt/preferences.d",
            "repo")) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.writeString(root.resolve("var/lib/dpkg/status"), "");
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
    Files.writeString(root.resolve("etc/apt/sources.list"), "deb [trusted=yes] file:/repo ./\n");
    AptRoot apt = new AptRoot(lab, root);
    apt.publish(1, "exit 0");
    lab.run("chroot", root.toString(), "/usr/bin/dpkg", "-i", "/repo/greeting_1.deb");
    return apt;
  }

  /** Adds a version of the package to the repository, whose script runs when it is set up. */
  void publish(int version, String script) throws IOException {
    Path source = Files.createTempDirectory(lab.directory, "deb");
    Files.writeString(
        Files.createDirectories(source.resolve("DEBIAN")).resolve("control"),
        "Package: greeting\nVersion: "
            + version
            + "\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\n"
            + "Description: says hello\n");
    Path postinst =
        Files.writeString(source.resolve("DEBIAN/postinst"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(postinst, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        Files.createDirectories(source.resolve("usr/share/greeting")).resolve("text"),
        "hello " + version);
    lab.run(
        "dpkg-deb",
        "--root-owner-group",
        "-b",
        source.toString(),
        root.resolve("repo/greeting_" + version + ".deb").toString());
    lab.run(
        "sh",
        "-c",
        "cd \"$1\" && dpkg-scanpackages -m . >Packages",
        "sh",
        root.resolve("repo").toString());
  }
}
