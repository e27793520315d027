package io.overc.opennebula.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header and the embedded descriptor of a VMDK in one file. Only what such a file needs is
 * taken: a tool that finds a parent or another extent in the descriptor opens it.
 */
final class VmdkHeader {
  private static final int CAPACITY = 12;
  private static final int DESCRIPTOR = 28;

  // In sectors; QEMU looks for a parent there, whatever the header says.
  private static final int DESCRIPTOR_SECTOR = 1;
  private static final int SECTOR = 512;
  private static final int LONGEST = 64 << 10;

  private static final Pattern EXTENT = Pattern.compile("(RW|RDONLY) \\d{1,19} SPARSE \"[^\"]*\"");

  // No comment and no value may hold an equals sign: some look for "parentFileNameHint=" anywhere.
  private static final Pattern HARMLESS =
      Pattern.compile(
          "#[^=]*|(version|CID|isNativeSnapshot|encoding)\\s*=\\s*\"?[\\w-]*\"?"
              + "|parentCID\\s*=\\s*\"?ffffffff\"?"
              + "|createType\\s*=\\s*\"(monolithicSparse|streamOptimized)\""
              + "|ddb\\.[\\w.-]+\\s*=\\s*\"[^\"=]*\"",
          Pattern.CASE_INSENSITIVE);

  private VmdkHeader() {}

  static void check(ImageBytes image) throws IOException {
    ByteBuffer header = image.little(0, SECTOR);
    if (!ImageBytes.holds(header, 0, "KDMV")) {
      throw image.refused(
          "the form of a VMDK descriptor, which names other files, or of an old VMDK");
    }
    if (header.getLong(CAPACITY) <= 0 || header.getLong(DESCRIPTOR) != DESCRIPTOR_SECTOR) {
      throw image.refused("a VMDK header without a capacity or with a descriptor elsewhere");
    }
    String text =
        StandardCharsets.ISO_8859_1
            .decode(image.read(DESCRIPTOR_SECTOR * SECTOR, LONGEST))
            .toString();
    int end = text.indexOf('\0');
    if (end < 0) {
      throw image.refused("a VMDK descriptor that does not end");
    }
    checkDescriptor(image, text.substring(0, end));
  }

  private static void checkDescriptor(ImageBytes image, String text) {
    int extents = 0;
    for (String line : text.split("[\r\n]+", -1)) {
      String stripped = line.strip();
      Matcher extent = EXTENT.matcher(stripped);
      if (extent.matches()) {
        extents++;
      } else if (!stripped.isEmpty() && !HARMLESS.matcher(stripped).matches()) {
        throw image.refused("a VMDK descriptor with a line that may name another file");
      }
    }
    if (extents != 1) {
      throw image.refused(extents + " extents in its VMDK descriptor, not one");
    }
  }
}
