package io.overc.btrfs.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The boot directory: the kernel, its signature, EFI binaries, and the backup of each. This only
 * looks; {@link StagedFiles} changes.
 */
public final class BootFiles {
  static final String SIGNATURE = ".p7b";

  private final Path boot;
  private final String kernel;

  /**
   * Reads a boot directory.
   *
   * @param boot the directory
   * @param kernel the name of the kernel in it
   */
  public BootFiles(Path boot, String kernel) {
    this.boot = boot;
    this.kernel = kernel;
  }

  /**
   * Returns the files of a boot directory that belong to the normal boot entry.
   *
   * @param directory a boot directory: this one, or the one inside a root
   * @return paths relative to it: the kernel, its signature, EFI binaries; those that are there
   * @throws IOException if it cannot be read
   */
  public List<Path> members(Path directory) throws IOException {
    return BootTree.files(directory).stream().filter(this::isMember).toList();
  }

  private boolean isMember(Path file) {
    String name = file.toString();
    return name.equals(kernel)
        || name.equals(kernel + SIGNATURE)
        || name.toLowerCase(Locale.ROOT).endsWith(".efi");
  }

  /**
   * Returns which files would change if those of a root became those of the normal boot entry.
   *
   * @param directory the boot directory inside the root
   * @return what would be copied
   * @throws IOException if something cannot be read
   */
  public List<BootChange> changesFrom(Path directory) throws IOException {
    List<BootChange> changes = new ArrayList<>();
    for (Path file : members(directory)) {
      add(changes, directory.resolve(file), file);
    }
    return changes;
  }

  /**
   * Returns which backups would change if the backup became what the normal boot entry is now.
   *
   * @return what would be copied
   * @throws IOException if something cannot be read
   */
  public List<BootChange> changesOfBackup() throws IOException {
    List<BootChange> changes = new ArrayList<>();
    for (Path file : members(boot)) {
      add(changes, boot.resolve(file), Kernels.backupOf(file));
    }
    return changes;
  }

  /**
   * Returns which files would change if the normal boot entry became what the backup is.
   *
   * @return what would be copied
   * @throws IOException if something cannot be read
   */
  public List<BootChange> changesFromBackup() throws IOException {
    List<BootChange> changes = new ArrayList<>();
    for (Path file : members(boot)) {
      Path backup = boot.resolve(Kernels.backupOf(file));
      if (Files.exists(backup)) {
        add(changes, backup, file);
      }
    }
    return changes;
  }

  private void add(List<BootChange> changes, Path from, Path target) throws IOException {
    Path present = boot.resolve(target.toString());
    if (!Files.exists(present) || Files.mismatch(from, present) >= 0) {
      changes.add(new BootChange(from, target, Files.size(from)));
    }
  }
}
