package io.overc.opennebula.disk;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.opennebula.xml.SafeXml;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a downloaded file one that the cloud can take. What it makes lies in a directory whose
 * name follows from the image, so that a second attempt finds and replaces it. Thread-safe for
 * different keys.
 */
public final class DiskPreparation {
  private static final String STAGING = ".overc-staging";

  private final Set<DiskFormat> convert;
  private final DiskFormat target;
  private final Optional<Path> staging;
  private final DiskLimits limits;
  private final QemuImg qemuImg;
  private final SafeXml xml;
  private final SideEffects effects;

  /**
   * Prepares conversions; nothing is touched yet.
   *
   * @param options what is converted, to what, and where
   * @param runner runs qemu-img
   * @param xml reads the descriptions in OVA files
   * @param effects the fault-injection point
   */
  public DiskPreparation(
      DiskOptions options, CommandRunner runner, SafeXml xml, SideEffects effects) {
    this.convert = options.convert();
    this.target = options.target();
    this.staging = options.staging();
    this.limits = options.limits();
    this.qemuImg = new QemuImg(runner, limits.convertTimeout());
    this.xml = xml;
    this.effects = effects;
  }

  /**
   * Tells whether a file would be converted.
   *
   * @param file the file
   * @return the format it has now
   */
  public Optional<DiskFormat> wouldConvert(Path file) {
    try {
      return Optional.of(DiskFormat.of(file)).filter(this::converted);
    } catch (IOException e) {
      throw new OvercException("Could not read the image file " + file + ": " + e, e);
    }
  }

  private boolean converted(DiskFormat format) {
    return format == DiskFormat.OVA || convert.contains(format);
  }

  /**
   * Converts a file if the site cannot take it as it is; refuses one that names other files.
   *
   * @param file the downloaded file, already compared with its checksum
   * @param key what names this image; letters, digits and hyphens
   * @return the file to register
   * @throws VerificationException if it is not a safe image
   * @throws UnavailableException if qemu-img is needed and missing
   */
  public PreparedDisk prepare(Path file, String key) {
    try {
      DiskFormat format = DiskFormat.of(file);
      BackingGuard.check(file, format);
      return converted(format) ? convert(file, format, key) : new PreparedDisk(file, format);
    } catch (IOException e) {
      throw new OvercException(
          "Could not prepare %s in %s: %s".formatted(file, directory(file, key), e), e);
    }
  }

  private PreparedDisk convert(Path file, DiskFormat format, String key) throws IOException {
    if (Tools.find("qemu-img").isEmpty()) {
      throw new UnavailableException(
          "The %s image %s must be converted, but 'qemu-img' is missing: %s"
              .formatted(format.tool(), file, Tools.cure("qemu-img")));
    }
    Path directory = directory(file, key);
    boolean complete = false;
    try {
      effects.run("make staging directory", () -> makeDirectory(directory));
      Path disk = file;
      DiskFormat inner = format;
      if (format == DiskFormat.OVA) {
        Path extracted = directory.resolve("disk");
        effects.run("extract disk", () -> new OvaFile(file, limits, xml).extractDisk(extracted));
        disk = extracted;
        inner = innerFormat(extracted);
      }
      PreparedDisk made = convertDisk(disk, inner, directory);
      complete = true;
      return made;
    } finally {
      if (!complete) {
        discard(file, key);
      }
    }
  }

  private static DiskFormat innerFormat(Path disk) throws IOException {
    DiskFormat format = DiskFormat.of(disk);
    if (format == DiskFormat.OVA) {
      throw new VerificationException("The OVA holds another archive instead of a disk");
    }
    BackingGuard.check(disk, format);
    return format;
  }

  private PreparedDisk convertDisk(Path disk, DiskFormat format, Path directory)
      throws IOException {
    long size = qemuImg.virtualSize(disk, format);
    if (size > limits.largestDisk()) {
      throw new VerificationException(
          "The disk of %s has %d bytes, more than opennebula.largest-disk allows (%d)"
              .formatted(disk, size, limits.largestDisk()));
    }
    Path converted = directory.resolve("image." + target.tool());
    effects.run("convert disk", () -> qemuImg.convert(disk, format, converted, target));
    Path extracted = directory.resolve("disk");
    effects.run("remove extracted disk", () -> Files.deleteIfExists(extracted));
    readableByAll(converted, "rw-r--r--");
    return new PreparedDisk(converted, target);
  }

  /** The front-end runs as another user, and must read what was made. */
  private static void readableByAll(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void makeDirectory(Path directory) throws IOException {
    remove(directory);
    Files.createDirectories(directory);
    readableByAll(directory, "rwxr-xr-x");
  }

  /**
   * Removes what {@link #prepare} made, if anything.
   *
   * @param file the downloaded file
   * @param key what names the image
   */
  public void discard(Path file, String key) {
    Path directory = directory(file, key);
    if (!Files.exists(directory)) {
      return;
    }
    try {
      effects.run("remove staging directory", () -> remove(directory));
    } catch (IOException e) {
      throw new OvercException("Could not remove " + directory + ": " + e, e);
    }
  }

  private Path directory(Path file, String key) {
    Path parent = file.toAbsolutePath().getParent();
    return staging.orElse((parent == null ? file : parent).resolve(STAGING)).resolve(key);
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
    removeIfEmpty(directory.getParent());
  }

  /** Leaves nothing beside the cached images; another version may still be in the making. */
  private static void removeIfEmpty(@Nullable Path parent) throws IOException {
    if (parent == null || !parent.endsWith(STAGING)) {
      return;
    }
    try {
      Files.deleteIfExists(parent);
    } catch (DirectoryNotEmptyException e) {
      // Then it is still needed.
    }
  }
}
