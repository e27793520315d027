package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every root of the laboratory has, whatever its package manager. */
final class Skeleton {
  static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final List<String> DIRECTORIES =
      List.of("proc", "sys", "dev", "run", "tmp", "boot", "etc", "root", "usr/bin", "var/log");

  /** No {@code subvol=} here: that would take the choice from the default subvolume. */
  private static final String FSTAB =
      """
      /dev/vda2 / btrfs defaults 0 0
      /dev/vda1 /boot ext4 defaults 0 2
      """;

  private Skeleton() {}

  static void install(Path root) {
    try {
      for (String directory : DIRECTORIES) {
        Files.createDirectories(root.resolve(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(root.resolve("etc/fstab"), FSTAB);
  }

  /** Puts the kernel of the root, and the boot menu, on the boot partition. */
  static void installBoot(Path root, Path boot) {
    try {
      Files.copy(
          root.resolve("boot/bzImage"),
          boot.resolve("bzImage"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(boot.resolve("grub/grub.cfg"), BootMenu.text());
  }

  static void write(Path file, String text) {
    write(file, text, null);
  }

  static void writeProgram(Path file, String text) {
    write(file, text, "rwxr-xr-x");
  }

  private static void write(Path file, String text, @Nullable String mode) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      if (mode != null) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
