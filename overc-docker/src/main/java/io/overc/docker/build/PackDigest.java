package io.overc.docker.build;

import io.overc.docker.engine.Digest;
import io.overc.error.OvercException;
import io.overc.internal.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * Computes what a pack holds as one number: SHA-256 over the paths, kinds, permissions and contents
 * of its files.
 */
final class PackDigest {
  private PackDigest() {}

  static String of(Path pack) {
    try {
      TreeSet<Path> files = new TreeSet<>();
      FileTree.at(pack).walk(entry -> files.add(entry.path()));
      Digest digest = new Digest();
      for (Path file : files) {
        digest.add(file.toString());
        addFile(digest, pack.resolve(file));
      }
      return digest.hex();
    } catch (IOException e) {
      throw new OvercException("Could not read the service pack " + pack + ": " + e, e);
    }
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
