package io.overc.btrfs.lab;

import java.util.List;

/**
 * Says what a {@link HostDisk} looks like: an MBR with a gap behind it that can take a boot loader,
 * a boot partition, a btrfs partition.
 *
 * @param bootFileSystem what the boot partition is formatted with
 * @param bootBytes the size of the boot partition, in whole MiB
 * @param rootBytes the size of the btrfs partition, in whole MiB
 */
public record DiskLayout(BootFileSystem bootFileSystem, long bootBytes, long rootBytes) {
  static final int SECTOR = 512;
  static final long GAP = 1 << 20;
  private static final long MIB = 1 << 20;
  private static final long EXT = 1024;
  private static final long BTRFS = 64 << 10;
  private static final long BTRFS_MIRROR = 64 << 20;

  /** What a boot partition is formatted with. */
  public enum BootFileSystem {
    /** ext4, with a journal, which a boot loader does not replay. */
    EXT4,
    /** ext2: no journal, as on an EFI system partition. */
    EXT2
  }

  /**
   * Checks the sizes.
   *
   * @param bootFileSystem what the boot partition is formatted with
   * @param bootBytes the size of the boot partition, in whole MiB
   * @param rootBytes the size of the btrfs partition, in whole MiB
   */
  public DiskLayout {
    if (bootBytes % MIB != 0 || rootBytes % MIB != 0 || bootBytes <= 0 || rootBytes <= 0) {
      throw new IllegalArgumentException("the sizes of partitions are whole MiB");
    }
  }

  /**
   * Returns a small disk, quickly made and copied.
   *
   * @return 16 MiB of ext4 and 144 MiB of btrfs
   */
  public static DiskLayout small() {
    return of(16, 144);
  }

  /**
   * Returns a disk with ext4 on its boot partition.
   *
   * @param bootMebibytes the size of the boot partition
   * @param rootMebibytes the size of the btrfs partition; btrfs needs 109
   * @return the layout
   */
  public static DiskLayout of(int bootMebibytes, int rootMebibytes) {
    return new DiskLayout(BootFileSystem.EXT4, bootMebibytes * MIB, rootMebibytes * MIB);
  }

  /**
   * Returns the same layout with another boot file system.
   *
   * @param value what the boot partition is formatted with
   * @return the new layout
   */
  public DiskLayout withBootFileSystem(BootFileSystem value) {
    return new DiskLayout(value, bootBytes, rootBytes);
  }

  /**
   * Returns where the superblocks are that the file systems write: one for the boot partition, two
   * for btrfs.
   *
   * @return offsets on the disk, in bytes
   */
  public List<Long> superblocks() {
    return List.of(GAP + EXT, rootOffset() + BTRFS, rootOffset() + BTRFS_MIRROR);
  }

  long rootOffset() {
    return GAP + bootBytes;
  }

  long totalBytes() {
    return rootOffset() + rootBytes;
  }

  /** Returns the partition table in the words of sfdisk. */
  String table() {
    return "label: dos\n"
        + "start=%d, size=%d, type=83, bootable\n".formatted(GAP / SECTOR, bootBytes / SECTOR)
        + "start=%d, size=%d, type=83\n".formatted(rootOffset() / SECTOR, rootBytes / SECTOR);
  }
}
