package io.overc.btrfs.fs;

import io.overc.internal.file.BoundedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much space a btrfs has: unallocated space and what is free in the block groups, which is what
 * counts on btrfs, not df. Read from {@code /sys/fs/btrfs}; starts no process.
 *
 * @param uuid the file system
 * @param dataUsed bytes of data
 * @param dataFree bytes free in data block groups
 * @param metadataFree bytes free in metadata block groups
 * @param unallocated bytes of the devices that belong to no block group yet
 */
public record SpaceReport(
    String uuid, long dataUsed, long dataFree, long metadataFree, long unallocated) {
  private static final Path SYSFS = Path.of("/sys/fs/btrfs");
  private static final int SECTOR = 512;

  /**
   * Finds the file system on a device.
   *
   * @param device the device
   * @return the report, or empty if no mounted btrfs is on it
   * @throws IOException if it cannot be read
   */
  public static Optional<SpaceReport> of(String device) throws IOException {
    Path name = Path.of(device).toRealPath().getFileName();
    try (DirectoryStream<Path> systems = Files.newDirectoryStream(SYSFS)) {
      for (Path system : systems) {
        if (Files.exists(system.resolve("devices").resolve(name))) {
          return Optional.of(read(system));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns how large the files of a subvolume are, if quotas are enabled.
   *
   * @param id the subvolume
   * @return bytes, or empty without quotas
   * @throws IOException if it cannot be read
   */
  public OptionalLong referenced(long id) throws IOException {
    Path file = SYSFS.resolve(uuid).resolve("qgroups/0_" + id + "/referenced");
    return Files.exists(file) ? OptionalLong.of(number(file)) : OptionalLong.empty();
  }

  private static SpaceReport read(Path system) throws IOException {
    long size = 0;
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(system.resolve("devices"))) {
      for (Path device : devices) {
        size += SECTOR * number(device.resolve("size"));
      }
    }
    Path allocation = system.resolve("allocation");
    boolean mixed = Files.exists(allocation.resolve("mixed"));
    Path data = allocation.resolve(mixed ? "mixed" : "data");
    Path metadata = allocation.resolve(mixed ? "mixed" : "metadata");
    long allocated = number(allocation.resolve("system/disk_total"));
    allocated += number(data.resolve("disk_total"));
    allocated += mixed ? 0 : number(metadata.resolve("disk_total"));
    return new SpaceReport(
        String.valueOf(system.getFileName()),
        number(data.resolve("bytes_used")),
        number(data.resolve("total_bytes")) - number(data.resolve("bytes_used")),
        number(metadata.resolve("total_bytes")) - number(metadata.resolve("bytes_used")),
        Math.max(0, size - allocated));
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(BoundedFiles.latin(file, BoundedFiles.SMALL).strip());
  }
}
