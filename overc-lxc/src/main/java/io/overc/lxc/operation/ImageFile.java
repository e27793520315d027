package io.overc.lxc.operation;

import io.overc.container.Change;
import io.overc.container.ContainerNames;
import io.overc.container.ImageDigest;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.OwnedPath;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.ArchiveCheck;
import io.overc.lxc.disk.Disk;
import io.overc.spi.ContainerImages;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the image of a template: a root file system tarball in a file. A new one is fetched and
 * checked beside it and renamed over it, so there is always a whole one; the one before stays as
 * {@code NAME.previous}.
 */
public record ImageFile(Template template, Path images, long limit, SideEffects effects)
    implements ContainerImages {
  public Path file() {
    return template
        .imagePath()
        .map(Path::toAbsolutePath)
        .orElseGet(() -> images.resolve(ContainerNames.template(template.name()) + ".tar"));
  }

  Path require() {
    Path file = file();
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          Guard.NO_IMAGE,
          "The template %s has no image %s".formatted(template.name(), file),
          Remedy.of(Remedy.Action.SEND_IMAGE, template.name(), "send it one"));
    }
    return file;
  }

  @Override
  public Path lockFile() {
    return file().resolveSibling("." + file().getFileName() + ".lock");
  }

  @Override
  public ImageResult send(ImageSource source, Operation operation) {
    return fetch(source, Optional.empty(), operation);
  }

  @Override
  public ImageResult update(String url, Operation operation) {
    return fetch(ImageSource.of(url), known(url), operation);
  }

  private ImageResult fetch(ImageSource source, Optional<String> known, Operation operation) {
    operation.step("fetch " + source.location());
    Path fresh = beside(".part");
    Disk.directories(Disk.parent(fresh));
    requireOwn(Disk.parent(fresh));
    try {
      Optional<String> validator = fetch(source.location(), fresh, known, operation);
      if (!Files.exists(fresh)) {
        operation.result("the image of " + template.name() + " is the same as before");
        return new ImageResult(Change.UNCHANGED, Optional.of(digest(file())));
      }
      return replace(fresh, source, validator, operation);
    } finally {
      Disk.delete(fresh);
    }
  }

  private static void requireOwn(Path directory) {
    try {
      OwnedPath.requireAsRoot(directory);
    } catch (IOException e) {
      throw Disk.failed("look whose " + directory + " is", e);
    }
  }

  private ImageResult replace(
      Path fresh, ImageSource source, Optional<String> validator, Operation operation) {
    operation.step("check the image");
    ImageDigest digest = digest(fresh);
    source.digest().ifPresent(expected -> compare(source.location(), fresh, expected));
    try {
      ArchiveCheck.run(fresh, limit);
    } catch (VerificationException e) {
      throw new VerificationException(
          "%s was not taken for the image of %s: %s"
              .formatted(source.location(), template.name(), e.getMessage()));
    }
    try {
      Path file = file();
      Change change = Change.UNCHANGED;
      if (!Files.exists(file) || Files.mismatch(file, fresh) >= 0) {
        change = Change.CHANGED;
        operation.step("replace the image");
        keepPrevious(file);
        effects.run("replace image", () -> DurableFiles.rename(fresh, file));
      }
      // The image is the new one: a wrong note beside it would make the next update skip one.
      // One with a secret is not known again: the note is for everybody to read.
      String note = Printable.message(source.location()) + "\n" + validator.orElse("") + "\n";
      Cancellation.shielded(() -> Disk.write(beside(".source"), note));
      operation.result(
          "the image of %s is %s"
              .formatted(
                  template.name(), change == Change.CHANGED ? "replaced" : "the same as before"));
      return new ImageResult(change, Optional.of(digest));
    } catch (IOException e) {
      throw Disk.failed("replace the image " + file(), e);
    }
  }

  private void keepPrevious(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Path link = beside(".link");
    effects.run(
        "keep previous image",
        () -> {
          Files.deleteIfExists(link);
          Files.createLink(link, file);
          Files.move(
              link,
              beside(".previous"),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        });
  }

  private static void compare(String location, Path fresh, ImageDigest expected) {
    ImageDigest actual = digest(fresh, expected.algorithm());
    if (!actual.equals(expected)) {
      throw new VerificationException(
          "%s hashes to %s, not to %s; it is damaged or another one, and the old image stays"
              .formatted(location, actual, expected));
    }
  }

  /** Returns what the server said of the image when it came from the same place. */
  private Optional<String> known(String url) {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    List<String> lines =
        Disk.read(beside(".source")).map(text -> text.lines().toList()).orElse(List.of());
    return lines.size() == 2 && lines.get(0).equals(url) && !lines.get(1).isEmpty()
        ? Optional.of(lines.get(1))
        : Optional.empty();
  }

  private Optional<String> fetch(
      String location, Path fresh, Optional<String> known, Operation operation) {
    String lower = location.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return new Download(location, fresh, operation).run(known).validator();
    }
    Path from = lower.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    if (!Files.isRegularFile(from)) {
      throw new NotFoundException("There is no image file " + location);
    }
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(fresh)) {
      OptionalLong total = OptionalLong.of(Files.size(from));
      byte[] buffer = new byte[1 << 16];
      long done = 0;
      int some;
      while ((some = in.read(buffer)) >= 0) {
        Cancellation.check("copying " + location);
        out.write(buffer, 0, some);
        done += some;
        operation.progress(Event.Unit.BYTES, done, total);
      }
    } catch (IOException e) {
      throw Disk.failed("copy " + location + " to " + fresh, e);
    }
    return Optional.empty();
  }

  private Path beside(String suffix) {
    return file().resolveSibling(file().getFileName() + suffix);
  }

  private static ImageDigest digest(Path file) {
    return digest(file, ImageDigest.Algorithm.SHA256);
  }

  private static ImageDigest digest(Path file, ImageDigest.Algorithm algorithm) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest hash = MessageDigest.getInstance(algorithm.standardName());
      byte[] buffer = new byte[1 << 16];
      int some;
      while ((some = in.read(buffer)) >= 0) {
        Cancellation.check("reading " + file);
        hash.update(buffer, 0, some);
      }
      return new ImageDigest(algorithm, HexFormat.of().formatHex(hash.digest()));
    } catch (IOException e) {
      throw Disk.failed("read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has " + algorithm.standardName(), e);
    }
  }
}
