package io.overc.docker.container;

import io.overc.container.Change;
import io.overc.container.ImageDigest;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.PackImage;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Replaces the image of a template: by an archive of {@code docker save}, or by a pulled one. */
public final class TemplateImage {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Docker docker;
  private final SideEffects effects;
  private final Images images;
  private final Template template;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param images finds, pulls and names images
   * @param template the template
   */
  public TemplateImage(Docker docker, SideEffects effects, Images images, Template template) {
    this.docker = docker;
    this.effects = effects;
    this.images = images;
    this.template = template;
  }

  /** Returns the name of the image. */
  ImageTag name() {
    return ImageTag.parse(
        template
            .image()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The template '%s' has no image: set template.%s.image"
                            .formatted(template.name(), template.name()))));
  }

  /** Returns the image that new containers are made of. */
  String require(Operation operation) {
    try {
      return images
          .provide(name().toString(), "of the template '" + template.name() + "'", operation)
          .id();
    } catch (UnavailableException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  ImageResult send(ImageSource source, Operation operation) {
    String location = source.location();
    boolean remote = location.startsWith("http:") || location.startsWith("https:");
    if (!remote) {
      Path file = Path.of(location.startsWith("file:") ? URI.create(location).getPath() : location);
      return load(file, source.digest(), operation);
    }
    Path copy = temporary();
    try {
      operation.step("download " + location);
      download(location, copy);
      return load(copy, source.digest(), operation);
    } finally {
      delete(copy);
    }
  }

  ImageResult pull(String reference, Operation operation) {
    operation.step("pull " + reference);
    effects.run("pull image", () -> docker.must("pull " + reference, "pull", reference));
    return become(reference, Optional.empty());
  }

  private ImageResult load(Path file, Optional<ImageDigest> expected, Operation operation) {
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no image " + file);
    }
    operation.step("check " + file);
    expected.ifPresent(digest -> check(file, digest));
    operation.step("load the image");
    String[] image = {""};
    effects.run(
        "load image",
        () -> {
          CommandResult result = docker.run("load", "--input", file.toString());
          image[0] = SnapshotFiles.loaded(result, file);
        });
    return become(image[0], expected);
  }

  /** The name moves to the new image; the image that had it gets the tag with "-previous". */
  private ImageResult become(String reference, Optional<ImageDigest> digest) {
    ImageTag name = name();
    String id =
        images
            .find(reference)
            .orElseThrow(() -> new NotFoundException("There is no image " + reference))
            .id();
    Optional<String> before = images.find(name.toString()).map(PackImage::id);
    if (before.isPresent() && before.get().equals(id)) {
      return new ImageResult(Change.UNCHANGED, digest);
    }
    before.ifPresent(
        old -> images.tag(old, new ImageTag(name.repository(), name.tag() + "-previous")));
    images.tag(id, name);
    return new ImageResult(Change.CHANGED, digest);
  }

  private static void check(Path file, ImageDigest expected) {
    try {
      MessageDigest digest = MessageDigest.getInstance(expected.algorithm().standardName());
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      String actual = HexFormat.of().formatHex(digest.digest());
      if (!actual.equals(expected.hex())) {
        throw new VerificationException(
            "The image %s hashes to %s, not to %s; the old image stays"
                .formatted(file, actual, expected.hex()));
      }
    } catch (IOException e) {
      throw new OvercException("Could not read the image " + file + ": " + e, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-2", e);
    }
  }

  private static void download(String location, Path to) {
    try {
      URLConnection connection = URI.create(location).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream in = connection.getInputStream();
          OutputStream out = Files.newOutputStream(to)) {
        in.transferTo(out);
      }
    } catch (IOException e) {
      throw new NotFoundException("Could not download the image " + location + ": " + e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("overc-image", ".tar");
    } catch (IOException e) {
      throw new OvercException("Could not make a temporary file: " + e, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new OvercException("Could not remove " + file + ": " + e, e);
    }
  }
}
