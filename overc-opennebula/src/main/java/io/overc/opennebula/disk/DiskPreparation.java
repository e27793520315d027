package io.overc.opennebula.disk;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file that the cloud can take from one that was downloaded. What it makes lies in a
 * directory whose name follows from the image, so that a retry finds and replaces what an attempt
 * left that was killed. Thread-safe for different keys.
 */
public final class DiskPreparation {
  /** The configuration keys that say what is converted, how, and within which limits. */
  public static final List<ConfigKey<?>> KEYS = DiskOptions.KEYS;

  private static final String STAGING = ".overc-staging";

  private final DiskOptions options;
  private final QemuImg qemuImg;
  private final SideEffects effects;

  /** A file that the cloud can take: the one that was downloaded, or one that was made from it. */
  public record PreparedDisk(Path file, DiskFormat format) {}

  public DiskPreparation(Config config, CommandRunner runner, SideEffects effects) {
    this.options = DiskOptions.of(config);
    this.qemuImg =
        new QemuImg(new Confinement(runner, options.largestDisk()), options.convertTimeout());
    this.effects = effects;
  }

  /** Tells whether a file would be converted. */
  public Optional<DiskFormat> wouldConvert(Path file) {
    try {
      return Optional.of(DiskFormat.of(file)).filter(this::converted);
    } catch (IOException e) {
      throw IoErrors.failed("read the image file " + file, e);
    }
  }

  private boolean converted(DiskFormat format) {
    return format == DiskFormat.OVA || options.convert().contains(format);
  }

  /** Converts a file if the site cannot take it as it is; refuses one that names other files. */
  public PreparedDisk prepare(Path file, String key) {
    try {
      DiskFormat format = DiskFormat.of(file);
      format.requireWhole(file);
      return converted(format) ? convert(file, format, key) : new PreparedDisk(file, format);
    } catch (IOException e) {
      throw IoErrors.failed("prepare %s in %s".formatted(file, directory(file, key)), e);
    }
  }

  private PreparedDisk convert(Path file, DiskFormat format, String key) throws IOException {
    if (Tools.find("qemu-img").isEmpty()) {
      throw new UnavailableException(
          "The %s image %s must be converted, but 'qemu-img' is missing"
              .formatted(format.tool(), file),
          Remedy.of(Remedy.Action.INSTALL, "qemu-img", Tools.fix("qemu-img")));
    }
    Path directory = directory(file, key);
    boolean complete = false;
    try {
      effects.run("make staging directory", () -> makeDirectory(directory));
      Path disk = file;
      DiskFormat inner = format;
      if (format == DiskFormat.OVA) {
        Path extracted = directory.resolve("disk");
        effects.run("extract disk", () -> new OvaFile(file, options).extractDisk(extracted));
        disk = extracted;
        inner = innerFormat(extracted);
      }
      PreparedDisk made = convertDisk(disk, inner, directory);
      complete = true;
      return made;
    } finally {
      if (!complete) {
        Cancellation.shielded(() -> discard(file, key));
      }
    }
  }

  private static DiskFormat innerFormat(Path disk) throws IOException {
    DiskFormat format = DiskFormat.of(disk);
    if (format == DiskFormat.OVA) {
      throw new VerificationException("The OVA holds another archive instead of a disk");
    }
    format.requireWhole(disk);
    return format;
  }

  private PreparedDisk convertDisk(Path disk, DiskFormat format, Path directory)
      throws IOException {
    long size = qemuImg.virtualSize(disk, format, directory);
    if (size > options.largestDisk()) {
      throw new VerificationException(
          "The disk of %s has %d bytes, more than opennebula.largest-disk allows (%d)"
              .formatted(disk, size, options.largestDisk()));
    }
    Path converted = directory.resolve("image." + options.target().tool());
    effects.run("convert disk", () -> qemuImg.convert(disk, format, converted, options.target()));
    Path extracted = directory.resolve("disk");
    effects.run("remove extracted disk", () -> Files.deleteIfExists(extracted));
    readableByAll(converted, "rw-r--r--");
    return new PreparedDisk(converted, options.target());
  }

  /** The front-end runs as another user and must be able to read it. */
  private static void readableByAll(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void makeDirectory(Path directory) throws IOException {
    remove(directory);
    Files.createDirectories(directory);
    readableByAll(directory, "rwxr-xr-x");
  }

  /** Removes what {@link #prepare} made, if anything. */
  public void discard(Path file, String key) {
    Path directory = directory(file, key);
    if (!Files.exists(directory)) {
      return;
    }
    try {
      effects.run("remove staging directory", () -> remove(directory));
    } catch (IOException e) {
      throw IoErrors.failed("remove " + directory, e);
    }
  }

  private Path directory(Path file, String key) {
    Path parent = file.toAbsolutePath().getParent();
    return options.staging().orElse((parent == null ? file : parent).resolve(STAGING)).resolve(key);
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

  /** Leaves nothing beside the cached images. */
  private static void removeIfEmpty(@Nullable Path parent) throws IOException {
    if (parent == null || !parent.endsWith(STAGING)) {
      return;
    }
    try {
      Files.deleteIfExists(parent);
    } catch (DirectoryNotEmptyException e) {
      // Another image is being converted there.
    }
  }
}
