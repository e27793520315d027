package io.overc.btrfs.lab;

import io.overc.exec.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two kernels of Debian that tell themselves apart by their release, and one initramfs that boots a
 * btrfs root with either. Downloaded once per machine and kept in the {@link LabCache}.
 */
public final class DebianKernels {
  private static final List<String> FLAVOURS = List.of("amd64", "cloud-amd64");

  private final Lab lab;
  private final Path directory;

  private DebianKernels(Lab lab) {
    this.lab = lab;
    this.directory = new LabCache(lab).get("kernels", this::download);
  }

  /**
   * Gets the kernels.
   *
   * @param lab where
   * @return the kernels
   */
  public static DebianKernels get(Lab lab) {
    return new DebianKernels(lab);
  }

  /**
   * Returns the package {@code lab-kernel} with a real kernel.
   *
   * @param version the version of the package: 1 or 2, each with its own kernel
   * @return the package
   */
  public LabPackage kernelPackage(int version) {
    try {
      Path kernel = directory.resolve(FLAVOURS.get(version - 1));
      return LabPackage.kernel(
          Integer.toString(version),
          release(version),
          Files.readAllBytes(kernel.resolve("vmlinuz")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what {@code uname -r} prints under a kernel.
   *
   * @param version 1 or 2
   * @return for example {@code 6.1.0-9-cloud-amd64}
   */
  public String release(int version) {
    return Skeleton.read(directory.resolve(FLAVOURS.get(version - 1)).resolve("release")).strip();
  }

  Path initramfs() {
    return directory.resolve("initramfs");
  }

  private void download(Path target) {
    Path work = lab.newDirectory("kernels");
    Initramfs initramfs = new Initramfs(lab, work.resolve("initramfs"));
    try {
      for (String flavour : FLAVOURS) {
        Path unpacked = unpack(work, flavour);
        String release = onlyChild(unpacked.resolve("lib/modules"));
        initramfs.addModules(unpacked, release);
        Path kernel = Files.createDirectory(target.resolve(flavour));
        Files.copy(unpacked.resolve("boot/vmlinuz-" + release), kernel.resolve("vmlinuz"));
        Skeleton.write(kernel.resolve("release"), release + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    initramfs.write(target.resolve("initramfs"));
    lab.run("clear away the unpacked kernels", "rm", "-rf", work);
  }

  private Path unpack(Path work, String flavour) throws IOException {
    String meta = "linux-image-" + flavour;
    String image =
        lab.run("find the kernel " + meta, "apt-cache", "depends", meta)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("Depends: linux-image-"))
            .map(line -> line.substring("Depends: ".length()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(meta + " depends on no kernel"));
    Path download = Files.createDirectory(work.resolve("download-" + flavour));
    lab.run(
        "download " + image,
        Command.of("apt-get", "-qq", "download", image).directory(download).build());
    Path unpacked = work.resolve(flavour);
    lab.run("unpack " + image, "dpkg", "-x", download.resolve(onlyChild(download)), unpacked);
    return unpacked;
  }

  private static String onlyChild(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findFirst().orElseThrow().getFileName().toString();
    }
  }
}
