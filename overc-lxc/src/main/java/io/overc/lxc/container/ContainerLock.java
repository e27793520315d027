package io.overc.lxc.container;

import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.LockDirectory;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Where the locks of containers are. */
public final class ContainerLock {
  private ContainerLock() {}

  /**
   * Returns the lock file of a container: beside the containers, unless their directory is another
   * user's, who could lead its opening astray.
   */
  public static Path file(LxcPath path, String name) {
    try {
      Path root = path.root().toRealPath();
      return LockDirectory.mayBeIn(root)
          ? path.lock(name)
          : LockDirectory.standard().lock(name, name, "lxc", RawPath.encode(root)).path();
    } catch (IOException e) {
      throw Disk.failed("lock the container " + name, e);
    }
  }
}
