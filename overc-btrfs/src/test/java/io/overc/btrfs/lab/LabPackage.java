package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Describes a package that every kind of repository can build.
 *
 * @param name its name
 * @param version its version
 * @param files what it installs, by absolute path; what lies in a {@code bin} directory is
 *     executable
 * @param pre the shell script that runs before its files are installed; empty for none
 * @param post the shell script that runs after that; empty for none
 */
public record LabPackage(
    String name, String version, Map<String, byte[]> files, String pre, String post) {

  /** The file of {@link #demo} that says which version is installed. */
  public static final String VERSION_FILE = "/etc/lab-version";

  private static final int BULK = 100_000;

  /** The program of {@link #demo} that says which version runs. */
  public static final String PROGRAM = "/usr/bin/lab-program";

  /**
   * Copies the map.
   *
   * @param name its name
   * @param version its version
   * @param files what it installs, by absolute path; what lies in a {@code bin} directory is
   *     executable
   * @param pre the shell script that runs before its files are installed; empty for none
   * @param post the shell script that runs after that; empty for none
   */
  public LabPackage {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * Returns the package {@code lab-demo}: a file and a program that say which version they are.
   *
   * @param version its version
   * @return the package
   */
  public static LabPackage demo(String version) {
    return new LabPackage(
        "lab-demo",
        version,
        Map.of(
            VERSION_FILE,
            text(version + "\n"),
            PROGRAM,
            text("#!/bin/sh\necho \"lab-program " + version + "\"\n")),
        "",
        "");
  }

  /**
   * Returns the package {@code lab-kernel}: a kernel file in /boot, and its modules.
   *
   * @param version its version
   * @param release the release of the kernel: the name of its directory in /lib/modules
   * @param image the kernel
   * @return the package
   */
  public static LabPackage kernel(String version, String release, byte[] image) {
    return new LabPackage(
        "lab-kernel",
        version,
        Map.of(
            "/boot/bzImage",
            image,
            "/lib/modules/" + release + "/modules.order",
            text("kernel/lab-" + release + ".ko\n")),
        "",
        "");
  }

  /**
   * Returns the package {@code lab-kernel} with a file that no machine boots, but that says which
   * version it is.
   *
   * @param version its version, and its release
   * @return the package
   */
  public static LabPackage fakeKernel(String version) {
    return kernel(version, version, text("kernel " + version + "\n"));
  }

  /**
   * Returns the package {@code lab-kernel} with a file that no machine boots, that says which
   * version it is, and that fills many blocks: a torn one is not like any other.
   *
   * @param version its version, and its release
   * @return the package
   */
  public static LabPackage bulkyKernel(String version) {
    byte[] title = text("kernel " + version + "\n");
    byte[] image = new byte[BULK];
    new Random(version.hashCode()).nextBytes(image);
    System.arraycopy(title, 0, image, 0, title.length);
    return kernel(version, version, image);
  }

  /**
   * Returns the same package with a script before.
   *
   * @param script the shell script; one that fails makes the installation fail
   * @return the new package
   */
  public LabPackage withPre(String script) {
    return new LabPackage(name, version, files, script, post);
  }

  /**
   * Returns the same package with a script after.
   *
   * @param script the shell script
   * @return the new package
   */
  public LabPackage withPost(String script) {
    return new LabPackage(name, version, files, pre, script);
  }

  /**
   * Returns the same package with one file more.
   *
   * @param path where it is installed
   * @param content what is in it
   * @return the new package
   */
  public LabPackage withFile(String path, byte[] content) {
    Map<String, byte[]> more = new TreeMap<>(files);
    more.put(path, content);
    return new LabPackage(name, version, more, pre, post);
  }

  /**
   * Returns the same package, made big.
   *
   * @param bytes the size of a file more, which no compression makes smaller
   * @return the new package
   */
  public LabPackage withPadding(int bytes) {
    byte[] padding = new byte[bytes];
    new Random(bytes).nextBytes(padding);
    return withFile("/usr/share/" + name + "/padding", padding);
  }

  /** Writes its files below a directory. */
  void stage(Path directory) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = directory.resolve(file.getKey().substring(1));
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
        String mode = file.getKey().contains("/bin/") ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stage " + name, e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
