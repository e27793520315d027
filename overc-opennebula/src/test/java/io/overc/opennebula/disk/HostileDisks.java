package io.overc.opennebula.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Image files that name another file, each by the name of how it does. */
final class HostileDisks {
  private final Map<String, byte[]> cases = new LinkedHashMap<>();
  private final String other;

  private HostileDisks(String other) {
    this.other = other;
  }

  /**
   * Makes images that name a file.
   *
   * @param other the absolute path of the file
   * @param good a good image of each format, made by qemu-img
   */
  static Map<String, byte[]> naming(String other, Map<DiskFormat, byte[]> good) {
    HostileDisks made = new HostileDisks(other);
    made.vmdk(of(good, DiskFormat.VMDK));
    made.qcow2(of(good, DiskFormat.QCOW2));
    made.others(good);
    return made.cases;
  }

  private static byte[] of(Map<DiskFormat, byte[]> good, DiskFormat format) {
    return Objects.requireNonNull(good.get(format)).clone();
  }

  private void vmdk(byte[] good) {
    // CVE-2022-47951: the header says that a descriptor follows, which names any file.
    for (String type :
        List.of("monolithicFlat", "vmfs", "vmfsSparse", "monolithicSparse", "custom")) {
      for (String extent : List.of("FLAT", "VMFS", "SPARSE", "VMFSSPARSE", "SESPARSE")) {
        cases.put(
            "vmdk without capacity, " + type + " " + extent,
            descriptor(header(0, 1), type, "RW 128 " + extent + " \"" + other + "\" 0"));
      }
    }
    cases.put(
        "vmdk whose descriptor lies elsewhere",
        descriptor(header(0, 3), "monolithicFlat", "RW 128 FLAT \"" + other + "\" 0"));
    cases.put("vmdk with a parent", text(good, "parentFileNameHint=\"" + other + "\"\n"));
    cases.put(
        "vmdk with a parent in a comment", text(good, "# parentFileNameHint=\"" + other + "\"\n"));
    cases.put(
        "vmdk with a parent in its data base",
        text(good, "ddb.x = \"parentFileNameHint=\"" + other + "\"\n"));
    cases.put("vmdk with another extent", text(good, "RW 128 FLAT \"" + other + "\" 0\n"));
    cases.put("vmdk with an unknown key", text(good, "changeTrackPath=\"" + other + "\"\n"));
    byte[] far = good.clone();
    little(far).putLong(28, 2);
    cases.put("vmdk with its descriptor elsewhere", far);
    byte[] old = good.clone();
    System.arraycopy("COWD".getBytes(ISO_8859_1), 0, old, 0, 4);
    cases.put("vmdk of version 3", old);
    for (String begin : List.of("# Disk DescriptorFile\n", "\n\n# x\nversion=1\n", "version=1\n")) {
      cases.put(
          "descriptor that begins with " + begin.strip(),
          (begin + "createType=\"monolithicFlat\"\nRW 128 FLAT \"" + other + "\" 0\n")
              .getBytes(ISO_8859_1));
    }
  }

  private static byte[] header(long capacity, long descriptor) {
    byte[] header = new byte[512];
    little(header)
        .put("KDMV".getBytes(ISO_8859_1))
        .putInt(1)
        .putInt(3)
        .putLong(capacity)
        .putLong(128)
        .putLong(descriptor)
        .putLong(20)
        .putInt(512);
    return header;
  }

  private static byte[] descriptor(byte[] header, String type, String extents) {
    byte[] image = Arrays.copyOf(header, 64 << 10);
    long at = little(header).getLong(28) * 512;
    ByteBuffer.wrap(image)
        .position((int) at)
        .put(
            ("# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\""
                    + type
                    + "\"\n"
                    + extents
                    + "\n")
                .getBytes(ISO_8859_1));
    return image;
  }

  /** Writes more into the descriptor of a good image. */
  private static byte[] text(byte[] good, String more) {
    byte[] image = good.clone();
    int end = 512;
    while (image[end] != 0) {
      end++;
    }
    ByteBuffer.wrap(image).position(end).put(more.replace("#", "\n#").getBytes(ISO_8859_1));
    // A difference to a parent has its number.
    String whole = new String(image, ISO_8859_1);
    int parent = whole.indexOf("parentCID=");
    if (more.contains("parentFileNameHint")) {
      System.arraycopy("parentCID=0000abcd".getBytes(ISO_8859_1), 0, image, parent, 18);
    }
    return image;
  }

  private void qcow2(byte[] good) {
    String json =
        "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"" + other + "\"}}";
    for (String name : List.of(other, json, "file:" + other, "nbd://127.0.0.1:1/x")) {
      cases.put("qcow2 with the backing file " + kind(name), backing(good, name));
      // CVE-2024-32498 and CVE-2024-4467.
      cases.put("qcow2 with the data file " + kind(name), dataFile(good, name));
    }
    for (int bit : new int[] {5, 6, 31, 63}) {
      byte[] image = good.clone();
      big(image).putLong(72, 1L << bit);
      cases.put("qcow2 with the feature " + bit, image);
    }
    change("qcow2 of version 4", good, 4, 4);
    change("qcow2 with clusters of 1 TB", good, 20, 40);
    change("qcow2 with clusters of 2 bytes", good, 20, 1);
    change("qcow2 with a header of 4 GB", good, 100, -1);
    change("qcow2 that is encrypted", good, 32, 1);
    cases.put("qcow2 that ends in its header", Arrays.copyOf(good, 40));
    byte[] endless = good.clone();
    ByteBuffer extensions = big(endless);
    for (int at = 112; at < 65536 - 8; at += 8) {
      extensions.putInt(at, 0x6803f857).putInt(at + 4, 0);
    }
    cases.put("qcow2 whose extensions have no end", endless);
  }

  private String kind(String name) {
    return name.replace(other, "OTHER");
  }

  private void change(String what, byte[] good, int at, int value) {
    byte[] image = good.clone();
    big(image).putInt(at, value);
    cases.put(what, image);
  }

  private static byte[] backing(byte[] good, String name) {
    byte[] image = good.clone();
    big(image)
        .putLong(8, 4096)
        .putInt(16, name.length())
        .putInt(112, 0xe2792aca)
        .putInt(116, 3)
        .put(120, "raw".getBytes(ISO_8859_1))
        .putLong(128, 0)
        .put(4096, name.getBytes(ISO_8859_1));
    return image;
  }

  private static byte[] dataFile(byte[] good, String name) {
    byte[] image = good.clone();
    int padded = (name.length() + 7) & ~7;
    big(image)
        .putLong(72, 4)
        .putLong(88, 2)
        .putInt(112, 0x44415441)
        .putInt(116, name.length())
        .put(120, Arrays.copyOf(name.getBytes(ISO_8859_1), padded + 8));
    return image;
  }

  private void others(Map<DiskFormat, byte[]> good) {
    byte[] vdi = of(good, DiskFormat.VDI);
    little(vdi).putInt(0x4c, 4).putLong(0x1b8, 1);
    cases.put("vdi with a parent", vdi);
    byte[] linked = of(good, DiskFormat.VDI);
    little(linked).putLong(0x1a8, 1);
    cases.put("vdi with a link", linked);
    byte[] vhd = of(good, DiskFormat.VHD);
    for (int at : new int[] {0, vhd.length - 512}) {
      big(vhd).putInt(at + 60, 4);
    }
    cases.put("vhd with a parent", vhd);
    byte[] vhdx = of(good, DiskFormat.VHDX);
    // The flags of the item FileParameters, whose block size is 8 MB.
    for (int at = 1 << 20; at < vhdx.length - 8 && at < 5 << 20; at += 4) {
      if (little(vhdx).getInt(at) == 8 << 20 && little(vhdx).getInt(at + 4) == 0) {
        little(vhdx).putInt(at + 4, 2);
        break;
      }
    }
    cases.put("vhdx with a parent", vhdx);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer big(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }
}
