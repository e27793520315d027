package io.overc.docker.engine;

import io.overc.error.UnavailableException;
import io.overc.event.Operation;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.servicepack.ImageTag;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds, pulls, names and removes images. */
public final class Images {
  private final Docker docker;
  private final SideEffects effects;
  private final Duration pullTimeout;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param pullTimeout how long a pull may take
   */
  public Images(Docker docker, SideEffects effects, Duration pullTimeout) {
    this.docker = docker;
    this.effects = effects;
    this.pullTimeout = pullTimeout;
  }

  /**
   * Finds an image.
   *
   * @param reference its name or id
   * @return the image, or empty
   */
  public Optional<PackImage> find(String reference) {
    CommandResult result =
        docker.run("image", "inspect", "--format", PackImage.TEMPLATE, reference);
    if (Docker.missing(result)) {
      return Optional.empty();
    }
    String line = result.orThrow("examine the image " + reference).stdout().stripTrailing();
    return Optional.of(PackImage.of(PackImage.fields(padded(line))));
  }

  /**
   * Finds the image, or pulls it.
   *
   * @param reference its name
   * @param purpose what it is for, for the message if it cannot be had
   * @param operation gets what the pull prints
   * @return the image
   * @throws UnavailableException if it cannot be had
   */
  public PackImage provide(String reference, String purpose, Operation operation) {
    return find(reference)
        .or(
            () -> {
              pull(reference, purpose, operation);
              return find(reference);
            })
        .orElseThrow(() -> absent(reference, purpose, "it was pulled, but is not there"));
  }

  /**
   * Finds a base that was built from exactly this.
   *
   * @param digest what it was built from, see {@link Labels#DIGEST}
   * @return its id, or empty
   */
  public Optional<String> findBase(String digest) {
    return docker
        .must(
            "look for a base that was built before",
            "images",
            "--no-trunc",
            "--quiet",
            "--filter",
            "label=" + Labels.DIGEST + "=" + digest)
        .lines()
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(PackImage::id)
        .findFirst();
  }

  /**
   * Names an image; what had the name loses it.
   *
   * @param id the image
   * @param name its new name
   */
  public void tag(String id, ImageTag name) {
    effects.run(
        "tag image", () -> docker.must("name the image " + name, "tag", id, name.toString()));
  }

  /**
   * Removes an image that nothing names any more, unless something uses it.
   *
   * @param id the image
   */
  public void removeUnnamed(String id) {
    String names =
        docker.run("image", "inspect", "--format", "{{len .RepoTags}}", id).stdout().strip();
    if (names.equals("0")) {
      effects.run("remove replaced image", () -> docker.run("rmi", id));
    }
  }

  /**
   * Returns the bases of ours that nothing names.
   *
   * @return their ids
   */
  public List<String> unnamedBases() {
    return docker
        .must(
            "look for images that nothing names",
            "images",
            "--no-trunc",
            "--quiet",
            "--filter",
            "dangling=true",
            "--filter",
            "label=" + Labels.ROLE + "=base")
        .lines()
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }

  /**
   * Removes an image that nothing names, unless something uses it.
   *
   * @param id the image
   * @return whether it is gone
   */
  public boolean remove(String id) {
    boolean[] removed = {false};
    effects.run("remove unnamed image", () -> removed[0] = docker.run("rmi", id).succeeded());
    return removed[0];
  }

  private void pull(String reference, String purpose, Operation operation) {
    try {
      effects.run(
          "pull image",
          () ->
              docker.must(
                  "pull " + reference,
                  docker
                      .call("pull", reference)
                      .timeout(pullTimeout)
                      .lines(line -> operation.output("docker", line))
                      .build()));
    } catch (CommandFailedException e) {
      throw absent(reference, purpose, "it could not be pulled: " + e.getMessage());
    }
  }

  private static UnavailableException absent(String reference, String purpose, String why) {
    return new UnavailableException(
        "The image %s (%s) is not there and %s. Provide it with 'docker pull %s', 'docker load' or 'docker import ROOTFS.tar %s', or name another one with docker.images=OS=IMAGE"
            .formatted(reference, purpose, why, reference, reference));
  }

  /** The last fields may be empty, and the end of the output was stripped. */
  private static String padded(String line) {
    long missing = PackImage.FIELDS - 1 - line.chars().filter(c -> c == '\t').count();
    return line + "\t".repeat((int) Math.max(0, missing));
  }
}
