package io.overc.btrfs.boot;

import io.overc.btrfs.fs.Durable;
import io.overc.error.OvercException;
import io.overc.spi.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The boot directory: the kernel, its signature, EFI binaries, and the backup of each.
 *
 * <p>Files are changed in two steps. They are staged: copied completely under another name beside
 * the one they replace, so that a full or broken boot partition shows before anything else is
 * touched. Later they are published: renamed over it. At every instant each name stands for a
 * complete file.
 *
 * <p>That holds for a boot loader too, which replays no journal: each step is on its place on the
 * disk before the next begins, and what was replaced keeps a second name, and with it its blocks,
 * until the disk says that the first name stands for something else.
 */
public final class BootFiles {
  static final String SIGNATURE = ".p7b";
  private static final String STAGED = ".overc-new";
  private static final String REPLACED = ".overc-old";
  private static final int DEPTH = 5;

  private final Path boot;
  private final String kernel;
  private final Mutations mutations;
  private final BootMedium medium;

  /**
   * Handles a boot directory.
   *
   * @param boot the directory
   * @param kernel the name of the kernel in it
   * @param mutations the door for changes
   */
  public BootFiles(Path boot, String kernel, Mutations mutations) {
    this.boot = boot;
    this.kernel = kernel;
    this.mutations = mutations;
    this.medium = new BootMedium(boot);
  }

  /**
   * Returns the files of a boot directory that belong to the normal boot entry.
   *
   * @param directory a boot directory: this one, or the one inside a root
   * @return paths relative to it: the kernel, its signature, EFI binaries; those that are there
   * @throws IOException if it cannot be read
   */
  public List<Path> members(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .map(directory::relativize)
          .map(file -> Path.of(file.toString()))
          .filter(this::isMember)
          .sorted()
          .toList();
    }
  }

  private boolean isMember(Path file) {
    String name = file.toString();
    return name.equals(kernel)
        || name.equals(kernel + SIGNATURE)
        || name.toLowerCase(Locale.ROOT).endsWith(".efi");
  }

  /**
   * Says which files would change if those of a root became those of the normal boot entry.
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
   * Says which backups would change if the backup became what the normal boot entry is now.
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
   * Says which files would change if the normal boot entry became what the backup is.
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

  /**
   * Copies files beside those they will replace.
   *
   * @param changes what to copy
   * @throws IOException if they do not fit or cannot be written; what was staged is removed
   */
  public void stage(List<BootChange> changes) throws IOException {
    long needed = changes.stream().mapToLong(BootChange::bytes).sum();
    long free = Files.getFileStore(boot).getUsableSpace();
    if (needed > free) {
      throw new OvercException(
          "%s is too full: the new kernel files need %d bytes, %d are free; nothing was changed, make room there and try again"
              .formatted(boot, needed, free));
    }
    for (BootChange change : changes) {
      Path staged = staged(change.target());
      mutations.run(
          "stage " + change.target(),
          () -> {
            Files.createDirectories(directoryOf(staged));
            Durable.copy(change.from(), staged);
            Durable.syncDirectory(directoryOf(staged));
          });
    }
    medium.settle();
  }

  /**
   * Renames staged files over those they replace, and waits until the boot loader sees them; also
   * for those that were renamed by someone who was killed then.
   *
   * @param backups whether those of the backup boot entry, or those of the normal one
   * @return whether there were any
   * @throws IOException if one cannot be renamed
   */
  public boolean publish(boolean backups) throws IOException {
    boolean any = false;
    for (Path target : named(STAGED)) {
      if (Kernels.isBackup(target) == backups) {
        mutations.run("publish " + target, () -> publish(target));
        any = true;
      }
    }
    dropReplaced();
    return any;
  }

  private void publish(Path target) throws IOException {
    Path to = boot.resolve(target);
    Path second = boot.resolve(target + REPLACED);
    if (Files.exists(to) && !Files.exists(second)) {
      medium.addName(to, second);
    }
    Durable.rename(staged(target), to);
  }

  private void dropReplaced() throws IOException {
    medium.settle();
    List<Path> replaced = named(REPLACED);
    for (Path target : replaced) {
      mutations.run(
          "drop the replaced " + target, () -> medium.delete(boot.resolve(target + REPLACED)));
    }
    if (!replaced.isEmpty()) {
      medium.settle();
    }
  }

  /**
   * Removes staged files that will not be published.
   *
   * @throws IOException if one cannot be removed
   */
  public void discardStaged() throws IOException {
    for (Path target : named(STAGED)) {
      mutations.run("discard " + target, () -> medium.delete(staged(target)));
    }
    dropReplaced();
  }

  /**
   * Keeps copies of files of the normal boot entry that will be replaced; what is kept already
   * stays as it is.
   *
   * @param changes what will be replaced
   * @param keep the directory for the copies
   * @throws IOException if they cannot be copied
   */
  public void keepReplaced(List<BootChange> changes, Path keep) throws IOException {
    for (BootChange change : changes) {
      Path present = boot.resolve(change.target());
      Path copy = keep.resolve(change.target().toString());
      if (Files.exists(present) && !Files.exists(copy)) {
        mutations.run(
            "keep " + change.target(),
            () -> {
              Files.createDirectories(directoryOf(copy));
              Durable.copy(present, copy.resolveSibling(copy.getFileName() + STAGED));
              Durable.rename(copy.resolveSibling(copy.getFileName() + STAGED), copy);
            });
      }
    }
  }

  /**
   * Forgets the copies that were kept.
   *
   * @param keep the directory of the copies
   * @throws IOException if one cannot be deleted
   */
  public void forgetKept(Path keep) throws IOException {
    if (Files.isDirectory(keep)) {
      List<Path> old;
      try (Stream<Path> files = Files.walk(keep, DEPTH)) {
        old = files.filter(Files::isRegularFile).toList();
      }
      for (Path file : old) {
        mutations.run("forget " + keep.relativize(file), () -> Files.delete(file));
      }
    }
  }

  /** Returns the files that have a companion with an ending. */
  private List<Path> named(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(boot, DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> boot.relativize(file).toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> Path.of(name.substring(0, name.length() - ending.length())))
          .sorted()
          .toList();
    }
  }

  private Path staged(Path target) {
    return boot.resolve(target + STAGED);
  }

  private static Path directoryOf(Path file) {
    Path directory = file.getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return directory;
  }
}
