package io.overc.internal.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A stream socket whose name is in no directory, see unix(7): whoever comes first has a name, so it
 * says nothing without its owner.
 */
public final class AbstractSocket {
  private static final Path PROCESSES = Path.of("/proc");
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED =
      System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).startsWith("ppc") ? 21 : 17;
  private static final int UID = 4;
  private static final int LONGEST = 107;

  private final byte[] name;
  private final long inode;

  /** Takes the name as it is after the zero, and the number in {@code /proc/net/unix}. */
  public AbstractSocket(byte[] name, long inode) {
    this.name = name.clone();
    this.inode = inode;
  }

  /** Returns the user who listens; empty if nobody does. Waits for nobody. */
  public OptionalInt listener() {
    if (name.length > LONGEST) {
      return OptionalInt.empty();
    }
    int flags = SOCK_STREAM | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC;
    int socket = Libc.socket(AF_UNIX, flags, 0);
    if (socket < 0) {
      return holder();
    }
    NativeBuffer address = new NativeBuffer(3 + name.length);
    NativeBuffer credentials = new NativeBuffer(12);
    NativeBuffer size = new NativeBuffer(4);
    try {
      address.bytes().putShort(0, (short) AF_UNIX).put(3, name);
      size.bytes().putInt(0, credentials.size());
      if (Libc.connect(socket, address.address(), address.size()) != 0) {
        // Who accepts nobody is asked in another way.
        return Errno.last() == Errno.EAGAIN ? holder() : OptionalInt.empty();
      }
      return Libc.getsockopt(socket, SOL_SOCKET, SO_PEERCRED, credentials.address(), size.address())
              == 0
          ? OptionalInt.of(credentials.bytes().getInt(UID))
          : OptionalInt.empty();
    } finally {
      Libc.close(socket);
      Reference.reachabilityFence(address);
      Reference.reachabilityFence(credentials);
      Reference.reachabilityFence(size);
    }
  }

  /** Looks for a process that has the socket open: exact, but slow. */
  private OptionalInt holder() {
    Path link = Path.of("socket:[" + inode + "]");
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (has(process, link)) {
          return OptionalInt.of((int) Files.getAttribute(process, "unix:uid"));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Ended meanwhile.
    }
    return OptionalInt.empty();
  }

  private static boolean has(Path process, Path link) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.readSymbolicLink(descriptor).equals(link)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It ended meanwhile, or is another user's.
    }
    return false;
  }
}
