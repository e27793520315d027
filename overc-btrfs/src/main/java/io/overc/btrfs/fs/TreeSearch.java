package io.overc.btrfs.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the root tree of a btrfs: which subvolumes there are, and which is the default. */
final class TreeSearch {
  private static final long ROOT_TREE = 1;
  private static final long ROOT_TREE_DIRECTORY = 6;

  /** The first number of a subvolume; also the inode of the directory at its top. */
  static final long FIRST_FREE = 256;

  private static final long LAST_FREE = -256;
  private static final int DIRECTORY_ITEM = 84;
  private static final int BACK_REFERENCE = 144;

  /** The key of a search: nine numbers and some room, before the items that were found. */
  private static final int ITEMS_AT = 104;

  private static final int MOST_ITEMS = 4096;

  private final int descriptor;

  TreeSearch(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Returns the number of the default subvolume, if there is one. */
  OptionalLong defaultId() throws IOException {
    long[] found = {0};
    search(
        ROOT_TREE_DIRECTORY,
        ROOT_TREE_DIRECTORY,
        DIRECTORY_ITEM,
        (key, item) -> {
          int length = Short.toUnsignedInt(item.getShort(27));
          if (Ioctl.text(item, 30, length).equals("default")) {
            found[0] = item.getLong(0);
          }
        });
    return found[0] == 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
  }

  /** Returns where each subvolume is, by its number; the top-level one is nowhere. */
  Map<Long, Place> places() throws IOException {
    Map<Long, Place> places = new HashMap<>();
    search(
        FIRST_FREE,
        LAST_FREE,
        BACK_REFERENCE,
        (key, item) -> {
          int length = Short.toUnsignedInt(item.getShort(16));
          places.put(
              key.objectId(),
              new Place(key.offset(), item.getLong(0), Ioctl.text(item, 18, length)));
        });
    return places;
  }

  /**
   * The place of a subvolume.
   *
   * @param parent the subvolume it is in
   * @param directory the inode of the directory in there
   * @param name its name in the directory
   */
  record Place(long parent, long directory, String name) {}

  private record Key(long objectId, long offset) {}

  @FunctionalInterface
  private interface Visitor {
    void visit(Key key, ByteBuffer item);
  }

  /** Visits all items of a type; the kernel returns those of other types in between, too. */
  private void search(long from, long to, int type, Visitor visitor) throws IOException {
    long objectId = from;
    int kind = type;
    long offset = 0;
    while (true) {
      ByteBuffer page = Ioctl.TREE_SEARCH.argument();
      page.putLong(ROOT_TREE).putLong(objectId).putLong(to).putLong(offset).putLong(-1);
      page.putLong(0).putLong(-1).putInt(kind).putInt(type).putInt(MOST_ITEMS);
      Ioctl.TREE_SEARCH.send(descriptor, page);
      int items = page.getInt(64);
      if (items == 0) {
        return;
      }
      int at = ITEMS_AT;
      for (int i = 0; i < items; i++) {
        objectId = page.getLong(at + 8);
        offset = page.getLong(at + 16);
        kind = page.getInt(at + 24);
        int length = page.getInt(at + 28);
        if (kind == type) {
          ByteBuffer item = page.slice(at + 32, length).order(ByteOrder.LITTLE_ENDIAN);
          visitor.visit(new Key(objectId, offset), item);
        }
        at += 32 + length;
      }
      offset++;
      kind += offset == 0 ? 1 : 0;
    }
  }
}
