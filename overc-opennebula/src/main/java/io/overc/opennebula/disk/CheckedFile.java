package io.overc.opennebula.disk;

import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.internal.file.OwnedPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An image file as the image list promises it, from its check until the cloud has copied it. Where
 * somebody else could exchange the file meanwhile, a copy is what is checked and used.
 *
 * @param file the file that was downloaded
 * @param size how many bytes it has
 * @param sha512 its checksum
 */
public record CheckedFile(Path file, long size, String sha512) {
  /**
   * Checks the file where it is, or in a copy below a directory; returns the one that is checked.
   */
  Path check(Optional<Path> staging, String name, LongConsumer progress) throws IOException {
    if (!Files.isRegularFile(file)) {
      FileCheck.verify(file, size, sha512, progress); // Says what it is.
    }
    try {
      OwnedPath.requireAsRoot(file);
    } catch (RefusedException e) {
      if (staging.isEmpty()) {
        throw new RefusedException(
            RefusedException.Guard.OTHER,
            "Cannot take the image file %s: others could exchange it once it is checked"
                .formatted(file),
            Remedy.of(
                Remedy.Action.CONFIGURE,
                "opennebula.staging",
                "set opennebula.staging to a directory that only root can change"));
      }
      OwnedPath.requireAsRoot(staging.get());
      return copy(Files.createDirectories(staging.get().resolve(name)), progress);
    }
    FileCheck.verify(file, size, sha512, progress);
    return file;
  }

  private Path copy(Path directory, LongConsumer progress) throws IOException {
    Path copy = directory.resolve("checked");
    Files.deleteIfExists(copy);
    try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
      FileCheck.copy(file, out, size, sha512, progress);
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    return copy;
  }
}
