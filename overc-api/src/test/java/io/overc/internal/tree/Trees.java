package io.overc.internal.tree;

import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Makes and describes trees that the JDK cannot. */
final class Trees {
  private Trees() {}

  /** Makes a tree whose paths are longer than the kernel takes, with a file at each level. */
  static Path deep(Path root, int levels) throws IOException {
    Files.createDirectory(root);
    int directory = Libc.openat(Libc.AT_FDCWD, RawPath.terminated(root), OpenFlags.DIRECTORY, 0);
    for (int i = 0; i < levels; i++) {
      byte[] name = ("level-" + i + '\0').getBytes(StandardCharsets.US_ASCII);
      byte[] file = ("file-" + i + '\0').getBytes(StandardCharsets.US_ASCII);
      int made = Libc.openat(directory, file, OpenFlags.CREAT | OpenFlags.WRONLY, 0600);
      Libc.close(made);
      if (made < 0 || Libc.mkdirat(directory, name, 0700) != 0) {
        throw new IOException("cannot make level " + i);
      }
      int next = Libc.openat(directory, name, OpenFlags.DIRECTORY, 0);
      Libc.close(directory);
      directory = next;
    }
    Libc.close(directory);
    return root;
  }

  /** Returns the times of everything in a tree but links, by path. */
  static Map<String, String> times(Path root) throws IOException {
    Map<String, String> times = new TreeMap<>();
    FileTree.at(root)
        .walk(
            entry -> {
              Path path = root.resolve(entry.path());
              times.put(
                  RawPath.encode(entry.path()),
                  Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toString());
              return true;
            });
    return times;
  }
}
