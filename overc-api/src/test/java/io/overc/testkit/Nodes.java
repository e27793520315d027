package io.overc.testkit;

import com.sun.jna.Native;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes what the JDK cannot: device nodes, fifos, sockets, attributes, other owners. */
public final class Nodes {
  /** Type of a fifo, for {@link #make}. */
  public static final int FIFO = 0010000;

  /** Type of a character device. */
  public static final int CHARACTER = 0020000;

  /** Type of a block device. */
  public static final int BLOCK = 0060000;

  /** Type of a socket. */
  public static final int SOCKET = 0140000;

  static {
    Native.register(Nodes.class, "c");
  }

  private Nodes() {}

  private static native int mknod(byte[] path, int mode, long device);

  private static native int lchown(byte[] path, int owner, int group);

  private static native int chmod(byte[] path, int mode);

  private static native long readlink(byte[] path, byte[] target, long size);

  private static native long llistxattr(byte[] path, byte[] names, long size);

  private static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size);

  private static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

  /**
   * Makes a node.
   *
   * @param path where
   * @param mode type and permissions, whatever the umask is
   * @param major of a device
   * @param minor of a device
   * @return the path
   * @throws IOException if it cannot be made
   */
  public static Path make(Path path, int mode, int major, int minor) throws IOException {
    check(mknod(raw(path), mode, (long) major << 8 | minor), "make", path);
    chmod(path, mode & 07777);
    return path;
  }

  /**
   * Makes a whiteout.
   *
   * @param path where
   * @throws IOException if it cannot be made
   */
  public static void whiteout(Path path) throws IOException {
    make(path, CHARACTER | 0600, 0, 0);
  }

  /**
   * Changes owner and group; of a link, the link's.
   *
   * @param path of what
   * @param owner the owner's number
   * @param group the group's number
   * @throws IOException if they cannot be changed
   */
  public static void owner(Path path, int owner, int group) throws IOException {
    check(lchown(raw(path), owner, group), "change the owner of", path);
  }

  /**
   * Changes the permissions, set-user-ID, set-group-ID and sticky bit among them.
   *
   * @param path of what; links are followed
   * @param mode the permissions
   * @throws IOException if they cannot be changed
   */
  public static void chmod(Path path, int mode) throws IOException {
    check(chmod(raw(path), mode), "change the mode of", path);
  }

  /**
   * Sets an extended attribute of any name space.
   *
   * @param path of what; links are not followed
   * @param name its full name
   * @param value its value
   * @throws IOException if it cannot be set
   */
  public static void attribute(Path path, String name, byte... value) throws IOException {
    byte[] terminated = (name + '\0').getBytes(StandardCharsets.US_ASCII);
    check(lsetxattr(raw(path), terminated, value, value.length, 0), "set " + name + " of", path);
  }

  /**
   * Reads all extended attributes; links are not followed.
   *
   * @param path of what
   * @return the values in hexadecimal, by name
   * @throws IOException if they cannot be read
   */
  public static SortedMap<String, String> attributes(Path path) throws IOException {
    byte[] names = new byte[65536];
    long length = llistxattr(raw(path), names, names.length);
    if (length < 0) {
      throw new IOException("cannot list attributes of " + path + ": " + Native.getLastError());
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    byte[] value = new byte[65536];
    String list = new String(names, 0, (int) length, StandardCharsets.ISO_8859_1);
    for (String name : list.split("\0", -1)) {
      if (!name.isEmpty()) {
        byte[] raw = (name + '\0').getBytes(StandardCharsets.ISO_8859_1);
        long size = lgetxattr(raw(path), raw, value, value.length);
        attributes.put(name, size < 0 ? "gone" : HexFormat.of().formatHex(value, 0, (int) size));
      }
    }
    return attributes;
  }

  /**
   * Reads where a symbolic link leads.
   *
   * @param path the link
   * @return the target's bytes in hexadecimal
   * @throws IOException if it is no link
   */
  public static String target(Path path) throws IOException {
    byte[] target = new byte[4096];
    long length = readlink(raw(path), target, target.length);
    if (length < 0) {
      throw new IOException("cannot read the link " + path + ": " + Native.getLastError());
    }
    return HexFormat.of().formatHex(target, 0, (int) length);
  }

  private static byte[] raw(Path path) {
    byte[] bytes = RawPath.bytes(path);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static void check(int result, String attempt, Path path) throws IOException {
    if (result != 0) {
      throw new IOException("cannot " + attempt + " " + path + ": error " + Native.getLastError());
    }
  }
}
