package io.overc.docker.build;

import io.overc.docker.engine.Digest;
import io.overc.error.OvercException;
import io.overc.internal.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Computes what a pack holds as one number: SHA-256 over the paths, kinds, permissions and contents
 * of its files. The history of the pack is not part of it, nor of its images: what was a secret
 * once is still there.
 */
final class PackDigest {
  private static final Set<String> HISTORY =
      Set.of(".git", ".hg", ".svn", ".bzr", ".jj", "_darcs", "CVS");

  private PackDigest() {}

  static String of(Path pack) {
    Digest digest = new Digest();
    try {
      for (Path file : Parts.of(pack).content) {
        digest.add(file.toString());
        addFile(digest, pack.resolve(file));
      }
      return digest.hex();
    } catch (IOException e) {
      throw unreadable(pack, e);
    }
  }

  /** Returns what version control keeps in a pack, at any depth. */
  static List<Path> history(Path pack) {
    try {
      return List.copyOf(Parts.of(pack).history);
    } catch (IOException e) {
      throw unreadable(pack, e);
    }
  }

  /** What is in a pack, and apart from that what version control keeps there. */
  private record Parts(TreeSet<Path> content, TreeSet<Path> history) {
    static Parts of(Path pack) throws IOException {
      Parts parts = new Parts(new TreeSet<>(), new TreeSet<>());
      FileTree.at(pack)
          .walk(
              entry -> {
                boolean kept = HISTORY.contains(String.valueOf(entry.path().getFileName()));
                (kept ? parts.history : parts.content).add(entry.path());
                return !kept;
              });
      return parts;
    }
  }

  private static OvercException unreadable(Path pack, IOException cause) {
    return new OvercException("Could not read the service pack " + pack + ": " + cause, cause);
  }

  private static void addFile(Digest digest, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      digest.add("link");
      digest.add(Files.readSymbolicLink(file).toString());
      return;
    }
    digest.add(Files.isDirectory(file) ? "directory" : "file");
    digest.add(Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS).toString());
    if (Files.isRegularFile(file)) {
      digest.add(String.valueOf(Files.size(file)));
      digest.addContents(file);
    }
  }
}
