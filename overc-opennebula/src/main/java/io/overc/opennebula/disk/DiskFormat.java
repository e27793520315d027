package io.overc.opennebula.disk;

import io.overc.error.VerificationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of image files, recognised by content: what a list says of a file proves nothing. */
public enum DiskFormat {
  /** The bytes of the disk, one after the other. */
  RAW("raw"),
  /** The format of QEMU. */
  QCOW2("qcow2"),
  /** The format of VMware. */
  VMDK("vmdk"),
  /** The format of VirtualBox. */
  VDI("vdi"),
  /** The older format of Hyper-V. */
  VHD("vpc"),
  /** The newer format of Hyper-V. */
  VHDX("vhdx"),
  /** A tar archive with a description and disks. */
  OVA("ova");

  private static final int HEAD = 512;
  private static final int VDI_SIGNATURE = 0x40;
  private static final int TAR_MAGIC = 257;

  // In the header of a qcow2 file; the features only from version 3 on.
  private static final int BACKING_FILE = 8;
  private static final int FEATURES = 72;
  private static final long EXTERNAL_DATA_FILE = 1 << 2;

  private final String tool;

  DiskFormat(String tool) {
    this.tool = tool;
  }

  /** Returns what qemu-img calls the format. */
  public String tool() {
    return tool;
  }

  /** Returns the format of a name. */
  public static Optional<DiskFormat> named(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(f -> f.tool.equals(lower) || f.name().toLowerCase(Locale.ROOT).equals(lower))
        .findFirst();
  }

  /** Tells the format of a file by its content. */
  public static DiskFormat of(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      byte[] head = read(channel, 0);
      if (holds(head, 0, "QFI\u00fb")) {
        return QCOW2;
      }
      if (holds(head, 0, "KDMV") || holds(head, 0, "COWD") || isDescriptor(head)) {
        return VMDK;
      }
      if (holds(head, VDI_SIGNATURE, "\u007f\u0010\u00da\u00be")) {
        return VDI;
      }
      if (holds(head, 0, "vhdxfile")) {
        return VHDX;
      }
      if (holds(head, TAR_MAGIC, "ustar")) {
        return OVA;
      }
      byte[] foot = read(channel, Math.max(0, channel.size() - HEAD));
      return holds(head, 0, "conectix") || holds(foot, 0, "conectix") ? VHD : RAW;
    }
  }

  /**
   * Refuses an image that names other files, before any tool opens it: a tool would follow the name
   * and copy what lies there into the image.
   */
  void requireWhole(Path file) throws IOException {
    byte[] head;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      head = read(channel, 0);
    }
    if (this == VMDK && isDescriptor(head)) {
      throw new VerificationException(
          "The image %s is a VMDK descriptor, which names other files; only a VMDK in one file is taken"
              .formatted(file));
    }
    if (this == QCOW2) {
      requireWholeQcow2(file, ByteBuffer.wrap(head));
    }
  }

  private static void requireWholeQcow2(Path file, ByteBuffer head) {
    if (head.remaining() < BACKING_FILE + Long.BYTES) {
      throw new VerificationException("The image " + file + " is a truncated qcow2 file");
    }
    boolean version3 = head.getInt(Integer.BYTES) >= 3 && head.remaining() >= FEATURES + Long.BYTES;
    boolean backing = head.getLong(BACKING_FILE) != 0;
    if (backing || (version3 && (head.getLong(FEATURES) & EXTERNAL_DATA_FILE) != 0)) {
      throw new VerificationException(
          "The image %s is a qcow2 file with %s; only one that stands alone is taken"
              .formatted(file, backing ? "a backing file" : "an external data file"));
    }
  }

  /** A text that names the files of a VMDK, in which any file could be named. */
  private static boolean isDescriptor(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .stripLeading()
        .startsWith("# disk descriptorfile");
  }

  private static byte[] read(SeekableByteChannel channel, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HEAD);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static boolean holds(byte[] bytes, int offset, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= offset + expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }
}
