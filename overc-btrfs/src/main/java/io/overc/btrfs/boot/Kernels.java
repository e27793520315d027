package io.overc.btrfs.boot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The names of kernels and of their backups. */
public final class Kernels {
  /** The names under which a kernel is looked for, in this order. */
  public static final List<String> NAMES =
      List.of("bzImage", "uImage", "zImage", "fitImage", "kernel7.img");

  private static final String BACKUP = "_bakup";

  private Kernels() {}

  /**
   * Finds the kernel in a boot directory.
   *
   * @param boot the directory
   * @param configured the name that was configured, or empty
   * @return the name of the kernel that is there, or empty
   */
  public static Optional<String> find(Path boot, Optional<String> configured) {
    return configured.map(List::of).orElse(NAMES).stream()
        .filter(name -> Files.isRegularFile(boot.resolve(name)))
        .findFirst();
  }

  /**
   * Returns the name of the backup of a file: {@code bzImage_bakup}; a signature keeps its ending,
   * because the boot loader looks for the name of the kernel with the ending.
   *
   * @param file a path relative to the boot directory
   * @return the path of its backup
   */
  public static Path backupOf(Path file) {
    String name = String.valueOf(file.getFileName());
    String backup =
        name.endsWith(BootFiles.SIGNATURE)
            ? name.substring(0, name.length() - BootFiles.SIGNATURE.length())
                + BACKUP
                + BootFiles.SIGNATURE
            : name + BACKUP;
    return file.resolveSibling(backup);
  }

  /**
   * Tells whether a file is a backup.
   *
   * @param file a path
   * @return whether it is
   */
  public static boolean isBackup(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(BACKUP) || name.endsWith(BACKUP + BootFiles.SIGNATURE);
  }
}
