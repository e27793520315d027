package io.overc.opennebula.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The headers of VDI, VHD and VHDX files: whether the disk is only a difference to another. */
final class VirtualDiskHeader {
  private static final int SECTOR = 512;

  // VDI: the type, and the UUIDs of the image linked to and of the parent.
  private static final int VDI_TYPE = 0x4c;
  private static final int VDI_LINKS = 0x1a8;

  // VHD: the type in the footer and, if it has a copy, in the header.
  private static final int VHD_TYPE = 60;

  // VHDX: a table of regions, one of which is a table of metadata.
  private static final int[] REGION_TABLES = {192 << 10, 256 << 10};
  private static final int LARGEST_TABLE = 64 << 10;
  private static final int ENTRIES = 2047;
  private static final int ENTRY = 32;
  // The first halves of their GUIDs.
  private static final long METADATA = 0x4b9a47908b7ca206L;
  private static final long FILE_PARAMETERS = 0x4d43fa36caa16737L;
  private static final long PARENT_LOCATOR = 0x454db30ba8d35f2dL;
  private static final int HAS_PARENT = 2;

  private VirtualDiskHeader() {}

  static void checkVdi(ImageBytes image) throws IOException {
    ByteBuffer header = image.little(0, SECTOR);
    int type = header.getInt(VDI_TYPE);
    if ((type != 1 && type != 2) || !ImageBytes.isZero(header, VDI_LINKS, 32)) {
      throw image.refused("a parent, or is no VDI of a fixed or growing disk");
    }
  }

  static void checkVhd(ImageBytes image) throws IOException {
    for (long at : new long[] {0, Math.max(0, image.size() - SECTOR)}) {
      ByteBuffer header = image.read(at, SECTOR);
      int type = header.getInt(VHD_TYPE);
      if (ImageBytes.holds(header, 0, "conectix") && type != 2 && type != 3) {
        throw image.refused("a parent, or is no VHD of a fixed or growing disk");
      }
    }
  }

  static void checkVhdx(ImageBytes image) throws IOException {
    boolean found = false;
    for (int at : REGION_TABLES) {
      ByteBuffer regions = image.little(at, LARGEST_TABLE);
      if (!ImageBytes.holds(regions, 0, "regi")) {
        continue;
      }
      for (int entry = 16; entry < 16 + ENTRY * entries(image, regions, 8); entry += ENTRY) {
        if (regions.getLong(entry) == METADATA) {
          checkMetadata(image, regions.getLong(entry + 16));
          found = true;
        }
      }
    }
    if (!found) {
      throw image.refused("a damaged VHDX header");
    }
  }

  private static void checkMetadata(ImageBytes image, long at) throws IOException {
    ByteBuffer table = image.little(at, LARGEST_TABLE);
    if (!ImageBytes.holds(table, 0, "metadata")) {
      throw image.refused("a damaged VHDX header");
    }
    int count = Short.toUnsignedInt(table.getShort(10));
    for (int entry = ENTRY; entry < ENTRY * (1 + Math.min(count, ENTRIES)); entry += ENTRY) {
      if (table.getLong(entry) == PARENT_LOCATOR) {
        throw image.refused("a parent");
      }
      if (table.getLong(entry) == FILE_PARAMETERS) {
        long item = at + Integer.toUnsignedLong(table.getInt(entry + 16));
        if ((image.little(item, 8).getInt(4) & HAS_PARENT) != 0) {
          throw image.refused("a parent");
        }
      }
    }
  }

  private static int entries(ImageBytes image, ByteBuffer table, int at) {
    int count = table.getInt(at);
    if (count < 0 || count >= ENTRIES) {
      throw image.refused("a damaged VHDX header");
    }
    return count;
  }
}
