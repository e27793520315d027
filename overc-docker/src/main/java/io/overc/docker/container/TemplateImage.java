package io.overc.docker.container;

import io.overc.container.Change;
import io.overc.container.ImageDigest;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.PackImage;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.servicepack.ImageTag;
import io.overc.spi.ContainerImages;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Replaces the image of a template: by an archive of {@code docker save}, or by a pulled one. */
record TemplateImage(Images images, EngineLocks locks, Template template)
    implements ContainerImages {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  @Override
  public Path lockFile() {
    return locks.file("image", name().toString());
  }

  private ImageTag name() {
    String key = "template." + template.name() + ".image";
    return ImageTag.parse(
        template
            .image()
            .orElseThrow(
                () ->
                    new RefusedException(
                        RefusedException.Guard.NO_IMAGE,
                        "The template '" + template.name() + "' has no image",
                        Remedy.of(Remedy.Action.CONFIGURE, key, "set " + key))));
  }

  /** Returns the image that new containers are made of. */
  String require(Operation operation) {
    String name = name().toString();
    try {
      return images.provide(name, "of the template '" + template.name() + "'", operation).id();
    } catch (UnavailableException e) {
      throw new RefusedException(RefusedException.Guard.NO_IMAGE, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ImageResult send(ImageSource source, Operation operation) throws IOException {
    String location = source.location();
    if (!location.startsWith("http:") && !location.startsWith("https:")) {
      Path file = Path.of(location.startsWith("file:") ? URI.create(location).getPath() : location);
      return load(file, source.digest(), operation);
    }
    Path copy = Files.createTempFile("overc-image", ".tar");
    try {
      operation.step("download " + location);
      download(location, copy);
      return load(copy, source.digest(), operation);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Takes an archive, or the name of an image to be pulled. */
  @Override
  public ImageResult update(String source, Operation operation) throws IOException {
    if (source.startsWith("/") || source.contains("://") || source.startsWith("file:")) {
      return send(ImageSource.of(source), operation);
    }
    operation.step("pull " + source);
    images.pull(source, operation);
    return become(source, Optional.empty());
  }

  private ImageResult load(Path file, Optional<ImageDigest> expected, Operation operation)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("There is no image " + file);
    }
    operation.step("check and load " + file);
    return become(images.load(file, expected), expected);
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
    Cancellation.shielded(
        () -> {
          before.ifPresent(
              old -> images.tag(old, new ImageTag(name.repository(), name.tag() + "-previous")));
          images.tag(id, name);
        });
    return new ImageResult(Change.CHANGED, digest);
  }

  private void download(String location, Path to) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(location)).build();
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofFile(to));
    String work = "downloading " + location;
    Duration limit = Cancellation.limit(images.pullTimeout());
    try {
      int status = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw absent(location, "the server answered " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while " + work, e);
    } catch (TimeoutException e) {
      Cancellation.check(work);
      throw absent(location, "it takes longer than " + limit);
    } catch (ExecutionException e) {
      throw absent(location, String.valueOf(e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private static NotFoundException absent(String location, String why) {
    return new NotFoundException("Could not download the image " + location + ": " + why);
  }
}
