package io.overc.opennebula.disk;

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
   * Refuses an image that is not complete in its own file, before any tool opens it: a tool would
   * follow the name of another file and copy what lies there into the image.
   */
  void requireWhole(Path file) throws IOException {
    try (ImageBytes image = ImageBytes.open(file)) {
      switch (this) {
        case QCOW2 -> Qcow2Header.check(image);
        case VMDK -> VmdkHeader.check(image);
        case VDI -> VirtualDiskHeader.checkVdi(image);
        case VHD -> VirtualDiskHeader.checkVhd(image);
        case VHDX -> VirtualDiskHeader.checkVhdx(image);
        case RAW, OVA -> {} // They name nothing; what an archive holds is looked at by itself.
      }
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
