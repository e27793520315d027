package io.overc.engine;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that has its name only when it is complete, and never takes the place of another. */
final class ExportFile {
  private final Path file;
  private final Path partial;
  private final String attempt;

  ExportFile(Path file, String attempt) throws IOException {
    this.file = file.toAbsolutePath();
    this.partial = this.file.resolveSibling(file.getFileName() + ".part");
    this.attempt = attempt;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists();
    }
    removePartial();
  }

  Path partial() {
    return partial;
  }

  void publish() throws IOException {
    DurableFiles.sync(partial);
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A file system without links, such as that of a memory stick.
      Files.move(partial, file);
    }
    DurableFiles.syncDirectory(file.resolveSibling("."));
  }

  void removePartial() throws IOException {
    Files.deleteIfExists(partial);
  }

  private RefusedException exists() {
    return new RefusedException(
        Guard.EXISTS, "Cannot " + attempt + ": the file exists", Remedy.other("name a new file"));
  }
}
