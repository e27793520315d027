package io.overc.docker.engine;

import io.overc.container.ImageDigest;
import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds, pulls, names and removes images.
 *
 * @param pullTimeout how long a pull may take
 */
public record Images(Docker docker, Duration pullTimeout) {
  // Podman says "Loaded image"; without a name each says the id.
  private static final Pattern LOADED = Pattern.compile("Loaded image(?: ID|\\(s\\))?: (\\S+)");

  public Optional<PackImage> find(String reference) {
    return docker
        .inspect("image", reference)
        .map(
            image ->
                new PackImage(
                    PackImage.id(image.path("Id").asString("")),
                    new Labels("the image " + reference, image.at("/Config/Labels"))));
  }

  /**
   * Finds the image, or pulls it.
   *
   * @param purpose what it is for, for the message if it cannot be had
   * @throws UnavailableException if it cannot be had
   */
  public PackImage provide(String reference, String purpose, Operation operation) {
    Optional<PackImage> found = find(reference);
    if (found.isPresent()) {
      return found.get();
    }
    try {
      pull(reference, operation);
    } catch (CommandFailedException e) {
      throw absent(reference, purpose, "it could not be pulled: " + e.getMessage());
    }
    return find(reference)
        .orElseThrow(() -> absent(reference, purpose, "it was pulled, but is not there"));
  }

  /** Pulls an image; the engine stops pulling when the command that asked for it ends. */
  public void pull(String reference, Operation operation) {
    Command call =
        docker
            .call("pull", reference)
            .timeout(pullTimeout)
            .lines(line -> operation.output("docker", line))
            .build();
    docker.effects().run("pull image", () -> docker.run(call).orThrow("pull " + reference));
  }

  /**
   * Loads an archive of {@code docker save} that holds one image, without the names that it gives
   * the image; returns its id.
   *
   * @param expected what the archive must hash to
   * @throws VerificationException if it does not, or is no such archive; nothing is loaded
   */
  public String load(Path file, Optional<ImageDigest> expected) throws IOException {
    Path copy = Files.createTempFile("overc-image", ".tar");
    try {
      String algorithm = expected.map(one -> one.algorithm().standardName()).orElse("SHA-256");
      Digest digest = Digest.named(algorithm);
      ImageArchive.copyUnnamed(file, copy, digest);
      expected.ifPresent(one -> check(file, one, digest.hex()));
      CommandResult result =
          docker.effects().make("load image", () -> docker.run("load", "--input", copy.toString()));
      String output = result.stdout();
      Matcher id = LOADED.matcher(output);
      if (!result.succeeded() || !id.find()) {
        throw new VerificationException(
            "The file %s is no archive of an image: %s"
                .formatted(file, (result.stderr() + output).strip()));
      }
      return PackImage.id(id.group(1));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void check(Path file, ImageDigest expected, String actual) {
    if (!actual.equals(expected.hex())) {
      throw new VerificationException(
          "The image %s hashes to %s, not to %s; the old image stays"
              .formatted(file, actual, expected.hex()));
    }
  }

  /** Returns the ids of all images. */
  public List<String> ids() {
    return ids("list images");
  }

  /** Finds a base that was built from exactly this, see {@link Labels#DIGEST}. */
  public Optional<String> findBase(String digest) {
    return ids("look for a base that was built before", "label=" + Labels.DIGEST + "=" + digest)
        .stream()
        .map(PackImage::id)
        .findFirst();
  }

  /** Names an image; what had the name loses it. */
  public void tag(String id, ImageTag name) {
    docker.requireChange("tag image", "name the image " + name, "tag", id, name.toString());
  }

  /**
   * Removes a name, and its image unless that has another one or something uses it. With {@code rmi
   * --force} Docker spares containers of the image, while podman kills and removes them.
   */
  public void removeName(String name, String effect, String attempt) {
    Optional<String> id = docker.inspect("image", name).map(image -> image.path("Id").asString(""));
    if (id.isEmpty() || id.get().startsWith("sha256:")) {
      docker.requireChange(effect, attempt, "rmi", "--force", name);
    } else {
      docker.requireChange(effect, attempt, "untag", id.get(), name);
      removeUnnamed(id.get());
    }
  }

  /** Removes an image that nothing names any more, unless something uses it. */
  public void removeUnnamed(String id) {
    boolean unnamed =
        docker.inspect("image", id).filter(image -> image.path("RepoTags").isEmpty()).isPresent();
    if (unnamed) {
      docker.change("remove replaced image", docker.call("rmi", id));
    }
  }

  /** Removes those bases of ours that nothing names and nothing uses; returns their ids. */
  public List<String> removeUnnamedBases() {
    return ids(
            "look for images that nothing names", "dangling=true", "label=" + Labels.ROLE + "=base")
        .stream()
        .filter(id -> docker.change("remove unnamed image", docker.call("rmi", id)).succeeded())
        .toList();
  }

  private List<String> ids(String attempt, String... filters) {
    List<String> call = new ArrayList<>(List.of("images", "--no-trunc", "--quiet"));
    for (String filter : filters) {
      call.addAll(List.of("--filter", filter));
    }
    return docker.lines(attempt, call.toArray(String[]::new));
  }

  private static OvercException absent(String reference, String purpose, String why) {
    return new UnavailableException(
        "The image %s (%s) is not there and %s. Provide it with 'docker pull %s', 'docker load' or 'docker import ROOTFS.tar %s', or name another one with docker.images=OS=IMAGE"
            .formatted(reference, purpose, why, reference, reference));
  }
}
