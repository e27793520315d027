package io.overc.btrfs.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a stream as {@code btrfs send} does, version 1: a header, then commands with a checksum
 * each. Numbers as in the kernel's fs/btrfs/send.h.
 */
final class SendStream {
  // Commands.
  private static final int SUBVOL = 1;
  private static final int SNAPSHOT = 2;
  private static final int MKFILE = 3;
  private static final int MKDIR = 4;
  private static final int MKNOD = 5;
  private static final int SYMLINK = 8;
  private static final int RENAME = 9;
  private static final int LINK = 10;
  private static final int UNLINK = 11;
  private static final int RMDIR = 12;
  private static final int SET_XATTR = 13;
  private static final int REMOVE_XATTR = 14;
  private static final int WRITE = 15;
  private static final int CLONE = 16;
  private static final int TRUNCATE = 17;
  private static final int CHMOD = 18;
  private static final int CHOWN = 19;
  private static final int UTIMES = 20;
  private static final int END = 21;

  // Attributes of a command.
  private static final int UUID = 1;
  private static final int CTRANSID = 2;
  private static final int INO = 3;
  private static final int SIZE = 4;
  private static final int MODE = 5;
  private static final int UID = 6;
  private static final int GID = 7;
  private static final int RDEV = 8;
  private static final int XATTR_NAME = 13;
  private static final int XATTR_DATA = 14;
  private static final int PATH = 15;
  private static final int PATH_TO = 16;
  private static final int PATH_LINK = 17;
  private static final int FILE_OFFSET = 18;
  private static final int DATA = 19;
  private static final int CLONE_UUID = 20;
  private static final int CLONE_CTRANSID = 21;
  private static final int CLONE_PATH = 22;
  private static final int CLONE_OFFSET = 23;
  private static final int CLONE_LEN = 24;

  private static final byte[] ANY_UUID = uuid(7);

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private long inode = 256;

  SendStream() {
    stream.writeBytes("btrfs-stream\0".getBytes(ISO_8859_1));
    stream.writeBytes(number(Integer.BYTES, 1));
  }

  static byte[] uuid(int number) {
    byte[] uuid = new byte[16];
    uuid[0] = (byte) number;
    return uuid;
  }

  SendStream subvolume(String name) {
    return subvolume(name, ANY_UUID);
  }

  SendStream subvolume(String name, byte[] uuid) {
    return with(PATH, name).with(UUID, uuid).with(CTRANSID, 8, 1).end(SUBVOL);
  }

  SendStream snapshotOf(byte[] parent, String name) {
    return with(PATH, name)
        .with(UUID, ANY_UUID)
        .with(CTRANSID, 8, 1)
        .with(CLONE_UUID, parent)
        .with(CLONE_CTRANSID, 8, 1)
        .end(SNAPSHOT);
  }

  SendStream file(String path) {
    return made(path).end(MKFILE);
  }

  SendStream directory(String path) {
    return made(path).end(MKDIR);
  }

  SendStream device(String path, int mode, long number) {
    return made(path).with(MODE, 8, mode).with(RDEV, 8, number).end(MKNOD);
  }

  SendStream symlink(String path, String target) {
    return made(path).with(PATH_LINK, target).end(SYMLINK);
  }

  SendStream link(String path, String of) {
    return with(PATH, path).with(PATH_LINK, of).end(LINK);
  }

  SendStream rename(String from, String to) {
    return with(PATH, from).with(PATH_TO, to).end(RENAME);
  }

  SendStream unlink(String path) {
    return with(PATH, path).end(UNLINK);
  }

  SendStream rmdir(String path) {
    return with(PATH, path).end(RMDIR);
  }

  SendStream write(String path, String text) {
    return with(PATH, path).with(FILE_OFFSET, 8, 0).with(DATA, text).end(WRITE);
  }

  SendStream cloneFrom(byte[] uuid, String source, String path) {
    return with(FILE_OFFSET, 8, 0)
        .with(CLONE_LEN, 8, 4096)
        .with(PATH, path)
        .with(CLONE_UUID, uuid)
        .with(CLONE_CTRANSID, 8, 1)
        .with(CLONE_PATH, source)
        .with(CLONE_OFFSET, 8, 0)
        .end(CLONE);
  }

  SendStream cloneFromItself(String source, String path) {
    return cloneFrom(ANY_UUID, source, path);
  }

  SendStream truncate(String path, long size) {
    return with(PATH, path).with(SIZE, 8, size).end(TRUNCATE);
  }

  SendStream mode(String path, int mode) {
    return with(PATH, path).with(MODE, 8, mode).end(CHMOD);
  }

  SendStream owner(String path, int owner) {
    return with(PATH, path).with(UID, 8, owner).with(GID, 8, owner).end(CHOWN);
  }

  SendStream attribute(String path, String name, String value) {
    return with(PATH, path).with(XATTR_NAME, name).with(XATTR_DATA, value).end(SET_XATTR);
  }

  SendStream withoutAttribute(String path, String name) {
    return with(PATH, path).with(XATTR_NAME, name).end(REMOVE_XATTR);
  }

  SendStream times(String path) {
    byte[] epoch = new byte[12];
    return with(PATH, path).with(9, epoch).with(10, epoch).with(11, epoch).end(UTIMES);
  }

  /** A command that claims another length than it has. */
  SendStream claiming(int length) {
    stream.writeBytes(number(Integer.BYTES, length));
    stream.writeBytes(number(Short.BYTES, MKFILE));
    stream.writeBytes(number(Integer.BYTES, 0));
    return this;
  }

  SendStream unknown(int kind) {
    return with(PATH, "x").end(kind);
  }

  byte[] bytes() {
    end(END);
    return stream.toByteArray();
  }

  private SendStream made(String path) {
    return with(PATH, path).with(INO, 8, ++inode);
  }

  private SendStream with(int attribute, String text) {
    return with(attribute, text.getBytes(ISO_8859_1));
  }

  private SendStream with(int attribute, int bytes, long value) {
    return with(attribute, number(bytes, value));
  }

  private SendStream with(int attribute, byte[] value) {
    command.writeBytes(number(Short.BYTES, attribute));
    command.writeBytes(number(Short.BYTES, value.length));
    command.writeBytes(value);
    return this;
  }

  private SendStream end(int kind) {
    byte[] content = command.toByteArray();
    command.reset();
    ByteBuffer whole =
        ByteBuffer.allocate(10 + content.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(content.length)
            .putShort((short) kind)
            .putInt(0)
            .put(content);
    whole.putInt(6, checksum(whole.array()));
    stream.writeBytes(whole.array());
    return this;
  }

  private static byte[] number(int bytes, long value) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return java.util.Arrays.copyOf(buffer.array(), bytes);
  }

  /** CRC-32C that begins with 0 and is not inverted at the end, unlike the one of the JDK. */
  private static int checksum(byte[] bytes) {
    int crc = 0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return crc;
  }
}
