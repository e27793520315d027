package io.overc.btrfs.lab;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps between runs what takes long to make: a debootstrapped system, unpacked kernels.
 *
 * <p>It lies in {@code overc-lab-cache} in the directory for temporary files, or where the system
 * property {@code overc.lab.cache} says; it may be deleted at any time. An entry is there wholly or
 * not at all; several processes may use it at once.
 */
final class LabCache {
  private final Lab lab;
  private final Path directory;

  LabCache(Lab lab) {
    this.lab = lab;
    String base = System.getProperty("java.io.tmpdir");
    this.directory =
        Path.of(System.getProperty("overc.lab.cache", base + "/overc-lab-cache")).toAbsolutePath();
  }

  /** Returns the directory of an entry, which is made if it is not there. */
  Path get(String name, Consumer<Path> maker) {
    Path entry = directory.resolve(name);
    try {
      prepare();
      if (Files.isDirectory(entry)) {
        return entry;
      }
      Path lockFile = directory.resolve(name + ".lock");
      synchronized (LabCache.class) {
        try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE)) {
          channel.lock();
          if (!Files.isDirectory(entry)) {
            make(entry, maker);
          }
        }
      }
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the cache in " + directory, e);
    }
  }

  private void make(Path entry, Consumer<Path> maker) throws IOException {
    Path half = directory.resolve(entry.getFileName() + ".half");
    lab.run("clear away half an entry", "rm", "-rf", "--one-file-system", half);
    maker.accept(Files.createDirectory(half));
    Files.move(half, entry, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Root runs what lies here: nobody else may have put it there. */
  private void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
    boolean mine =
        Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (!mine
        || mode.contains(PosixFilePermission.OTHERS_WRITE)
        || mode.contains(PosixFilePermission.GROUP_WRITE)) {
      throw new IOException("others may write to it: delete it, or set overc.lab.cache");
    }
  }
}
