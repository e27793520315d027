package io.overc.testkit;

import io.overc.event.Operation;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies and removes trees of a file system in memory, with the flaw that is active. */
final class SampleCopy extends SimpleFileVisitor<Path> {
  private final Path from;
  private final Path to;
  private final Operation operation;
  private final Map<Object, Path> copies = new HashMap<>();

  private SampleCopy(Path from, Path to, Operation operation) {
    this.from = from;
    this.to = to;
    this.operation = operation;
  }

  static void copy(Path from, Path to, Operation operation) throws IOException {
    Set<FileVisitOption> options =
        SnapshotFlaw.FOLLOWS_LINKS.active()
            ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
            : EnumSet.noneOf(FileVisitOption.class);
    Files.walkFileTree(from, options, Integer.MAX_VALUE, new SampleCopy(from, to, operation));
    if (SnapshotFlaw.ADDS_A_FILE.active()) {
      Files.writeString(to.resolve("made-by-overc"), "");
    }
  }

  private Path target(Path path) {
    return to.resolve(from.relativize(path).toString());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes is) throws IOException {
    operation.checkCancelled();
    Files.createDirectories(target(path));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes is) throws IOException {
    Path first = is.fileKey() == null ? null : copies.get(is.fileKey());
    if (SnapshotFlaw.SHARES_FILES_WITH_ITS_SNAPSHOTS.active() && is.isRegularFile()) {
      Files.createLink(target(path), path);
    } else if (is.isSymbolicLink()) {
      Files.deleteIfExists(target(path));
      Path aim = Files.readSymbolicLink(path);
      Files.createSymbolicLink(target(path), aim);
    } else if (first != null && !SnapshotFlaw.BREAKS_HARD_LINKS.active()) {
      Files.deleteIfExists(target(path));
      Files.createLink(target(path), first);
    } else {
      Files.copy(path, target(path), StandardCopyOption.REPLACE_EXISTING);
      takeAttributes(path, is);
      copies.put(is.fileKey(), target(path));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE; // A link that leads nowhere, when links are followed.
    }
    throw e;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) throws IOException {
    takeAttributes(path, Files.readAttributes(path, BasicFileAttributes.class));
    if (SnapshotFlaw.DROPS_EMPTY_DIRECTORIES.active()) {
      try (var entries = Files.list(target(path))) {
        if (entries.findAny().isEmpty()) {
          Files.delete(target(path));
        }
      }
    }
    return FileVisitResult.CONTINUE;
  }

  private void takeAttributes(Path path, BasicFileAttributes is) throws IOException {
    if (!SnapshotFlaw.LOSES_MODES.active()) {
      Files.setPosixFilePermissions(target(path), Files.getPosixFilePermissions(path));
    } else {
      Files.setPosixFilePermissions(target(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    if (!SnapshotFlaw.LOSES_TIMES.active()) {
      Files.setLastModifiedTime(target(path), is.lastModifiedTime());
    }
  }

  static void remove(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes is) throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
