package io.overc.internal.file;

import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Keeps root out of directories of others. Whoever owns a directory, or one above it, may at any
 * time put a link, a pipe or a config of his own where root reads or writes next; so root works
 * only where nobody else may rename or create anything, from the top down.
 */
public final class OwnedPath {
  private static final int MOST_LINKS = 40;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;

  private OwnedPath() {}

  /**
   * Refuses a directory that somebody else can lead astray; one that is missing, if that is so of
   * those above it. For others than root it does nothing: they have no rights but their own.
   */
  public static void requireAsRoot(Path directory) throws IOException {
    boolean here = Libc.available() && directory.getFileSystem() == FileSystems.getDefault();
    if (!here || Libc.geteuid() != 0) {
      return;
    }
    Optional<String> problem = problem(directory.toAbsolutePath());
    if (problem.isPresent()) {
      throw new RefusedException(
          RefusedException.Guard.OTHER,
          "Cannot work in %s as root: %s".formatted(RawPath.shown(directory), problem.get()),
          Remedy.other("work there as that user, or use a directory that only root can change"));
    }
  }

  /** Follows the path as the kernel does, and looks at each step who could change it. */
  private static Optional<String> problem(Path path) throws IOException {
    Deque<Path> names = new ArrayDeque<>();
    path.forEach(names::add);
    Path at = path.getRoot();
    Optional<String> problem = problem(at, FileStatus.of(at), names.isEmpty());
    for (int links = 0; problem.isEmpty() && !names.isEmpty(); ) {
      Path name = names.pop();
      if (name.toString().equals(".") || name.toString().equals("..")) {
        at = name.toString().equals(".") || at.getParent() == null ? at : at.getParent();
        continue;
      }
      Path next = at.resolve(name);
      Optional<FileStatus> status = FileStatus.find(next);
      if (status.isEmpty()) {
        return Optional.empty();
      }
      problem = problem(next, status.get(), names.isEmpty());
      if (status.get().type() != FileStatus.LINK) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        return Optional.of(RawPath.shown(next) + " is one link too many");
      }
      Path target = Files.readSymbolicLink(next);
      at = target.isAbsolute() ? target.getRoot() : at;
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        names.push(target.getName(i));
      }
    }
    return problem;
  }

  private static Optional<String> problem(Path at, FileStatus status, boolean last) {
    String shown = RawPath.shown(at);
    if (status.owner() != 0) {
      return Optional.of("%s belongs to user %d".formatted(shown, status.owner()));
    }
    if (status.type() == FileStatus.LINK) {
      return Optional.empty();
    }
    // What root has in a sticky directory, others cannot rename; but they may come first.
    boolean sticky = (status.mode() & STICKY) != 0 && !last;
    boolean others = (status.mode() & OTHERS_WRITE) != 0;
    boolean group = (status.mode() & GROUP_WRITE) != 0 && status.group() != 0;
    if (!sticky && (others || group)) {
      return Optional.of(
          "%s may be changed by %s"
              .formatted(shown, others ? "every user" : "the group " + status.group()));
    }
    return Optional.empty();
  }
}
