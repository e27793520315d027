package io.overc.lxc.container;

import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.ForeignText;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells which containers run without starting a process: the monitor of each listens on the
 * abstract socket {@code @LXCPATH/NAME/command}, which {@code /proc/net/unix} shows. Names of
 * sockets are bytes, and any user may make one of any bytes.
 */
public final class RunningContainers {
  /** A longer socket name is hashed by LXC (the kernel has room for 108 bytes). */
  static final int LONGEST_SOCKET = 105;

  private static final int LONGEST = 64 << 20;
  private static final String SUFFIX = "/command";

  private final Path sockets;
  private final Set<String> prefixes = new LinkedHashSet<>();

  public RunningContainers(Path sockets, Path lxcpath) {
    this.sockets = sockets;
    prefixes.add("@" + ForeignText.latin(lxcpath) + "/");
    try {
      prefixes.add("@" + ForeignText.latin(lxcpath.toRealPath()) + "/");
    } catch (IOException e) {
      // No such directory, so nothing runs in it.
    }
  }

  /** Tells whether the name of the socket of a container is one that LXC does not hash. */
  boolean covers(String name) {
    return prefixes.stream()
        .allMatch(prefix -> prefix.length() + name.length() + SUFFIX.length() <= LONGEST_SOCKET);
  }

  /** Returns who runs now, but for those whose names are too long to be seen. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    try {
      BoundedFiles.lines(sockets, LONGEST).forEach(line -> add(line, names));
    } catch (IOException e) {
      throw Disk.failed("read " + sockets, e);
    }
    return names;
  }

  private void add(String line, Set<String> names) {
    int at = line.indexOf('@');
    if (at < 0 || !line.endsWith(SUFFIX)) {
      return;
    }
    String socket = line.substring(at, line.length() - SUFFIX.length());
    for (String prefix : prefixes) {
      if (socket.startsWith(prefix) && socket.indexOf('/', prefix.length()) < 0) {
        names.add(socket.substring(prefix.length()));
      }
    }
  }
}
