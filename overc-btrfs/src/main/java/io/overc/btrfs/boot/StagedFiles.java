package io.overc.btrfs.boot;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.internal.file.DurableFiles;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes files of the boot directory in two steps. They are staged: copied completely under
 * another name beside the one they replace, so that a full or broken boot partition shows before
 * anything else is touched. Later they are published: renamed over it. At every instant each name
 * stands for a complete file.
 *
 * <p>That holds for a boot loader too, which replays no journal: each step is on its place on the
 * disk before the next begins. Both files have another name while the one takes the name of the
 * other: whatever half of the renaming a power cut leaves, no file is without a name, and none
 * loses its blocks.
 */
public final class StagedFiles {
  private static final String STAGED = ".overc-new";
  private static final String REPLACED = ".overc-old";
  private static final String TAKING = ".overc-now";

  /** The other names, in the order in which they are dropped: publishing again finds the last. */
  private static final List<String> ENDINGS = List.of(TAKING, REPLACED, STAGED);

  private final Path boot;
  private final SideEffects effects;
  private final BootMedium medium;

  /**
   * Stages and publishes files of a boot directory.
   *
   * @param boot the directory
   * @param effects the fault-injection point
   */
  public StagedFiles(Path boot, SideEffects effects) {
    this.boot = boot;
    this.effects = effects;
    this.medium = new BootMedium(boot);
  }

  /**
   * Copies files beside those they will replace. Afterwards they are on the disk: the journal may
   * say that they will be published.
   *
   * @param changes what to copy
   * @throws IOException if they do not fit or cannot be written
   */
  public void stage(List<BootChange> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    long needed = changes.stream().mapToLong(BootChange::bytes).sum();
    long free = Files.getFileStore(boot).getUsableSpace();
    if (needed > free) {
      throw new OvercException(
          "%s is too full: the new kernel files take %d bytes, %d are free; nothing was changed"
              .formatted(boot, needed, free),
          Remedy.other("free space there and retry"));
    }
    List<BootMedium.Copy> copies = new ArrayList<>();
    try {
      for (BootChange change : changes) {
        Path staged = named(change.target(), STAGED);
        effects.run(
            "copy " + change.target(), () -> copies.add(medium.copy(change.from(), staged)));
      }
      medium.settle();
      effects.run("stage what was copied", () -> name(copies));
      medium.settle();
    } finally {
      copies.forEach(BootMedium.Copy::close);
    }
  }

  /**
   * The names are on the disk before the inodes say so: {@code e2fsck -p} finds a whole file or a
   * name without a file, which it drops. Without a journal a file that grows under its name may
   * refer to a block that lists its other blocks and was not written, which stops the boot.
   */
  private static void name(List<BootMedium.Copy> copies) throws IOException {
    Set<Path> directories = new TreeSet<>();
    for (BootMedium.Copy copy : copies) {
      copy.giveName();
      directories.add(copy.target().resolveSibling(""));
    }
    for (Path directory : directories) {
      DurableFiles.syncDirectory(directory);
    }
  }

  /**
   * Renames staged files over those they replace, and waits until the boot loader sees them.
   *
   * @param backups whether those of the backup boot entry, or those of the normal one
   * @return whether there were any
   * @throws IOException if one cannot be renamed
   */
  public boolean publish(boolean backups) throws IOException {
    List<Path> targets =
        targets().stream()
            .filter(target -> Files.exists(named(target, STAGED)))
            .filter(target -> Kernels.isBackup(target) == backups)
            .toList();
    if (targets.isEmpty()) {
      return false;
    }
    for (Path target : targets) {
      addNames(target);
    }
    medium.settle();
    for (Path target : targets) {
      effects.run("publish " + target, () -> publish(target));
    }
    medium.settle();
    for (Path target : targets) {
      dropNames(target);
    }
    return true;
  }

  private void addNames(Path target) throws IOException {
    Path present = boot.resolve(target);
    medium.addName(named(target, STAGED), named(target, TAKING));
    if (Files.exists(present)) {
      medium.addName(present, named(target, REPLACED));
    }
  }

  private void publish(Path target) throws IOException {
    Path taking = named(target, TAKING);
    Path from = Files.exists(taking) ? taking : named(target, STAGED);
    Files.move(from, boot.resolve(target), StandardCopyOption.ATOMIC_MOVE);
  }

  private void dropNames(Path target) throws IOException {
    for (String ending : ENDINGS) {
      Path name = named(target, ending);
      if (Files.exists(name)) {
        effects.run(
            "drop " + boot.relativize(name), () -> medium.delete(name, boot.resolve(target)));
      }
    }
  }

  /**
   * Waits until what was published is where the boot loader looks for it, also if who published it
   * was killed before he did.
   *
   * @throws IOException if it cannot be written
   */
  public void settle() throws IOException {
    medium.settle();
  }

  /**
   * Removes staged files that will not be published, and names that a killed process left.
   *
   * @throws IOException if one cannot be removed
   */
  public void discard() throws IOException {
    List<Path> targets = targets();
    if (!targets.isEmpty()) {
      medium.settle();
    }
    for (Path target : targets) {
      dropNames(target);
    }
  }

  /** Returns the files that have a companion. */
  private List<Path> targets() throws IOException {
    Set<Path> targets = new TreeSet<>();
    for (Path file : BootTree.files(boot)) {
      for (String ending : ENDINGS) {
        if (file.toString().endsWith(ending)) {
          targets.add(without(file.toString(), ending));
        }
      }
    }
    return List.copyOf(targets);
  }

  private static Path without(String name, String ending) {
    return Path.of(name.substring(0, name.length() - ending.length()));
  }

  private Path named(Path target, String ending) {
    return boot.resolve(target + ending);
  }
}
