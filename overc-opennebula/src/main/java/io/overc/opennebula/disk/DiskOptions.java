package io.overc.opennebula.disk;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which image files are converted, and what an image file may ask of this machine. */
record DiskOptions(
    Set<DiskFormat> convert,
    DiskFormat target,
    Optional<Path> staging,
    long largestDisk,
    int entries,
    Duration convertTimeout) {
  private static final ConfigKey<List<DiskFormat>> CONVERT =
      ConfigKey.of(
              "opennebula.convert",
              "formats that are converted, of qcow2, vmdk, vdi, vhd, vhdx; an OVA always is",
              DiskOptions::formats)
          .withDefault("");

  private static final ConfigKey<String> TARGET =
      ConfigKey.choice("opennebula.target-format", "what is converted to", "qcow2", "raw")
          .withDefault("qcow2");

  private static final ConfigKey<Path> STAGING =
      ConfigKey.path(
          "opennebula.staging",
          "directory for converted files, which OpenNebula must be allowed to read (SAFE_DIRS); without it a hidden one beside the image");

  private static final ConfigKey<Long> LARGEST_DISK =
      ConfigKey.size("opennebula.largest-disk", "how large a disk may be, unpacked")
          .withDefault("1T");

  private static final ConfigKey<Integer> OVA_ENTRIES =
      ConfigKey.number("opennebula.ova-entries", "how many entries an OVA may have", 1, 100_000)
          .withDefault("100");

  private static final ConfigKey<Duration> CONVERT_TIMEOUT =
      ConfigKey.duration("opennebula.convert-timeout", "how long a conversion may take")
          .withDefault("1h");

  static final List<ConfigKey<?>> KEYS =
      List.of(CONVERT, TARGET, STAGING, LARGEST_DISK, OVA_ENTRIES, CONVERT_TIMEOUT);

  static DiskOptions of(Config config) {
    return new DiskOptions(
        Set.copyOf(config.get(CONVERT)),
        config.get(TARGET).equals("raw") ? DiskFormat.RAW : DiskFormat.QCOW2,
        config.find(STAGING),
        config.get(LARGEST_DISK),
        config.get(OVA_ENTRIES),
        config.get(CONVERT_TIMEOUT));
  }

  private static List<DiskFormat> formats(String text) {
    return Stream.of(text.split(",", -1))
        .map(part -> part.strip().toLowerCase(Locale.ROOT))
        .filter(part -> !part.isEmpty())
        .map(DiskOptions::format)
        .toList();
  }

  private static DiskFormat format(String name) {
    return DiskFormat.named(name)
        .filter(format -> format != DiskFormat.RAW)
        .orElseThrow(
            () -> new IllegalArgumentException("expected a list of qcow2, vmdk, vdi, vhd, vhdx"));
  }
}
