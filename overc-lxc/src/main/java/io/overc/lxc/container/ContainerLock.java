package io.overc.lxc.container;

import io.overc.error.BusyException;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.internal.lock.LockFile;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Lets one operation at a time change a container or an image, across processes. */
public final class ContainerLock {
  private ContainerLock() {}

  /**
   * Takes the lock of a container. It lies beside the containers, unless their directory is another
   * user's, who could lead its opening astray.
   *
   * @param path where the containers are
   * @param name which one
   * @param attempt what it is taken for; told to those who come too late
   * @throws BusyException if another operation holds it
   */
  public static HeldLock of(LxcPath path, String name, String attempt) {
    String subject = "The container " + name;
    try {
      Path root = path.root().toRealPath();
      LockFile lock =
          LockDirectory.mayBeIn(root)
              ? LockFile.at(path.lock(name), subject)
              : LockDirectory.standard().lock(name, subject, "lxc", RawPath.encode(root));
      return lock.take(attempt);
    } catch (IOException e) {
      throw Disk.failed("lock the container " + name, e);
    }
  }

  /**
   * Takes the lock of an image, beside it.
   *
   * @param image its file
   * @param subject what is locked, for the message
   * @param attempt what it is taken for; told to those who come too late
   * @throws BusyException if another operation holds it
   */
  public static HeldLock ofImage(Path image, String subject, String attempt) {
    try {
      return LockFile.at(image.resolveSibling("." + image.getFileName() + ".lock"), subject)
          .take(attempt);
    } catch (IOException e) {
      throw Disk.failed("lock " + image, e);
    }
  }
}
