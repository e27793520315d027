package io.overc.engine;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.OwnedPath;
import io.overc.internal.file.PrivateDirectory;
import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that has its name only when it is complete, and never takes the place of another. It is
 * for its owner only, and made in a directory into which nobody else can put a link.
 */
final class ExportFile {
  private final Path file;
  private final Path place;
  private final Path partial;
  private final String attempt;

  ExportFile(Path file, String attempt) throws IOException {
    this.file = file.toAbsolutePath();
    this.place = this.file.resolveSibling(file.getFileName() + ".part");
    this.partial = place.resolve("snapshot");
    this.attempt = attempt;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file, "name a new file");
    }
    OwnedPath.requireAsRoot(place);
    removePartial();
    PrivateDirectory.make(place);
  }

  Path partial() {
    return partial;
  }

  void publish() throws IOException {
    PrivateDirectory.keepForOwner(partial);
    DurableFiles.sync(partial);
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      throw exists(file, "name a new file");
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A file system without links, such as that of a memory stick.
      Files.move(partial, file);
    }
    DurableFiles.syncDirectory(file.resolveSibling("."));
  }

  void removePartial() throws IOException {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!PrivateDirectory.is(place)) {
      throw exists(place, "remove it, or name another file");
    }
    Cancellation.shielded(() -> FileTree.at(place).delete());
  }

  private RefusedException exists(Path path, String remedy) {
    return new RefusedException(
        Guard.EXISTS, "Cannot " + attempt + ": there is " + path, Remedy.other(remedy));
  }
}
