package io.overc.btrfs.boot;

import io.overc.btrfs.fs.Durable;
import io.overc.btrfs.fs.Libc;
import io.overc.btrfs.fs.Mount;
import io.overc.btrfs.fs.MountTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boot partition as those see it who come after a power cut: the boot loader, which replays no
 * journal and repairs nothing, and {@code e2fsck -p}, which stops the boot when it finds a file
 * without a name.
 */
final class BootMedium {
  private static final Logger LOG = LoggerFactory.getLogger(BootMedium.class);

  private final Path boot;

  BootMedium(Path boot) {
    this.boot = boot;
  }

  /**
   * Waits until everything is where the boot loader looks for it. After an fsync a change may be in
   * the journal of the file system only. syncfs(2) brings it to its place, but it may still be in
   * the cache of the disk, which the fsync after it empties.
   */
  void settle() throws IOException {
    Libc.sync(boot);
    Durable.syncDirectory(boot);
  }

  /**
   * Gives a file a second name, so that it keeps its blocks when the first one is given away. File
   * systems without links, such as vfat, are left alone: {@code preflight} says what that means.
   */
  void addName(Path file, Path second) throws IOException {
    try {
      Files.createLink(second, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.debug("{} gets no second name: {}", file, e.toString());
      return;
    }
    settle();
  }

  /**
   * Deletes a file, its inode before its name: without a journal the other order may leave an inode
   * without a name. The inode is in the cache of the device, the name in that of the directory.
   */
  void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      Optional<Path> device = MountTable.read().at(boot).map(Mount::source).map(Path::of);
      if (device.filter(Path::isAbsolute).isPresent()) {
        try (FileChannel channel = FileChannel.open(device.get(), StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
      Durable.syncDirectory(file.resolveSibling(""));
    }
  }
}
