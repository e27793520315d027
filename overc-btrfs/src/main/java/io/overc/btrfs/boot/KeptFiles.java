package io.overc.btrfs.boot;

import io.overc.internal.file.DurableFiles;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies of the boot files that a pending upgrade or rollback replaces, for a cancel. */
public final class KeptFiles {
  private final Path boot;
  private final Path directory;
  private final SideEffects effects;

  /**
   * Prepares copies.
   *
   * @param boot the boot directory
   * @param directory where the copies are; made when there is one
   * @param effects the fault-injection point
   */
  public KeptFiles(Path boot, Path directory, SideEffects effects) {
    this.boot = boot;
    this.directory = directory;
    this.effects = effects;
  }

  /**
   * Returns where the copies are.
   *
   * @return a directory that need not exist
   */
  public Path directory() {
    return directory;
  }

  /**
   * Keeps copies of files of the normal boot entry that will be replaced; what is kept already
   * stays as it is.
   *
   * @param changes what will be replaced
   * @throws IOException if they cannot be copied
   */
  public void keep(List<BootChange> changes) throws IOException {
    for (BootChange change : changes) {
      Path present = boot.resolve(change.target());
      Path copy = directory.resolve(change.target().toString());
      if (Files.exists(present) && !Files.exists(copy)) {
        effects.run(
            "keep " + change.target(),
            () -> {
              Files.createDirectories(copy.resolveSibling(""));
              DurableFiles.copy(present, copy);
            });
      }
    }
  }

  /**
   * Forgets all copies.
   *
   * @throws IOException if one cannot be deleted
   */
  public void forget() throws IOException {
    for (Path file : BootTree.files(directory)) {
      effects.run("forget " + file, () -> Files.delete(directory.resolve(file)));
    }
  }
}
