package io.overc.docker.build;

import io.overc.docker.engine.Digest;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.PackImage;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.time.Cancellation;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is to be built, and whether it may be. */
public final class PackBuilder {
  private final Images images;
  private final BaseImages systems;
  private final InstanceSecrets secrets;
  private final BuildRun builds;

  public PackBuilder(
      Images images,
      List<String> systems,
      InstanceSecrets secrets,
      List<String> options,
      Duration timeout) {
    this.images = images;
    this.systems = new BaseImages(systems);
    this.secrets = secrets;
    this.builds = new BuildRun(images.docker(), List.copyOf(options), timeout);
  }

  public BuildResult build(
      ServicePack pack,
      ImageTag image,
      BuildPhase phase,
      BuildOptions options,
      OperationOptions call) {
    if (phase == BuildPhase.SETUP) {
      throw new InvalidArgumentException("The phase setup needs a base: use setup");
    }
    check(pack, options, phase);
    return Operation.run(
        call,
        OperationKind.SERVICE_PACK_BUILD,
        image.toString(),
        operation -> {
          operation.step("find the image for " + pack.os());
          String reference = systems.forSystem(pack.os());
          PackImage system =
              images.provide(reference, "for the operating system " + pack.os(), operation);
          return reported(
              operation,
              phase == BuildPhase.BASE
                  ? base(pack, image, system, options, operation)
                  : instance(pack, image, system, phase, options, operation));
        });
  }

  public BuildResult setup(
      ServicePack pack,
      ImageTag base,
      ImageTag image,
      BuildOptions options,
      OperationOptions call) {
    check(pack, options, BuildPhase.SETUP);
    return Operation.run(
        call,
        OperationKind.SERVICE_PACK_SETUP,
        image.toString(),
        operation -> {
          operation.step("find the base " + base);
          PackImage found = base(pack, base, operation);
          return reported(
              operation, instance(pack, image, found, BuildPhase.SETUP, options, operation));
        });
  }

  private static BuildResult reported(Operation operation, BuildResult result) {
    operation.result(result.image() + (result.cached() ? " was built before" : " is made"));
    return result;
  }

  private PackImage base(ServicePack pack, ImageTag base, Operation operation) {
    PackImage found =
        images
            .find(base.toString())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no base image " + base, Remedy.other("build it first")));
    if (!found.base()) {
      throw new RefusedException(
          "The image %s is %s, not a base: build one and set it up"
              .formatted(base, found.instance() ? "an instance" : "none of a service pack"));
    }
    if (!found.contents().equals(PackDigest.of(pack.directory()))) {
      operation.warn(
          "the base %s was built from other contents than %s has now; build it again to use them"
              .formatted(base, pack.directory()));
    }
    return found;
  }

  private BuildResult base(
      ServicePack pack,
      ImageTag image,
      PackImage system,
      BuildOptions options,
      Operation operation) {
    String contents = PackDigest.of(pack.directory());
    String digest = Digest.of(contents, system.id());
    Optional<String> same = options.force() ? Optional.empty() : images.findBase(digest);
    if (same.isPresent()) {
      Optional<PackImage> before = replaceable(image);
      if (before.isEmpty() || !before.get().id().equals(same.get())) {
        images.tag(same.get(), image);
      }
      removeReplaced(before, same.get());
      return new BuildResult(
          image, same.get(), BuildPhase.BASE, true, Secrets.none(), pack.environment());
    }
    List<PackImage> before = new ArrayList<>();
    BuildRun.Built built =
        builds.run(
            new BuildRun.Plan(pack, BuildPhase.BASE, system.id(), image, contents, digest),
            () -> {
              replaceable(image).ifPresent(before::add);
              return Secrets.none();
            },
            options,
            operation);
    Cancellation.shielded(() -> removeReplaced(before.stream().findFirst(), built.id()));
    return new BuildResult(
        image, built.id(), BuildPhase.BASE, false, Secrets.none(), pack.environment());
  }

  private BuildResult instance(
      ServicePack pack,
      ImageTag image,
      PackImage from,
      BuildPhase phase,
      BuildOptions options,
      Operation operation) {
    String contents = phase == BuildPhase.SETUP ? from.contents() : PackDigest.of(pack.directory());
    BuildRun.Built built =
        builds.run(
            new BuildRun.Plan(pack, phase, from.id(), image, contents, ""),
            () -> {
              images
                  .find(image.toString())
                  .ifPresent(
                      before -> {
                        throw taken(image, before);
                      });
              return secrets.gather(pack, options);
            },
            options,
            operation);
    return new BuildResult(image, built.id(), phase, false, built.secrets(), pack.environment());
  }

  /** Returns what has the name of a new base: another base, or nothing. */
  private Optional<PackImage> replaceable(ImageTag image) {
    Optional<PackImage> before = images.find(image.toString());
    before
        .filter(found -> !found.base())
        .ifPresent(
            found -> {
              throw taken(image, found);
            });
    return before;
  }

  private void removeReplaced(Optional<PackImage> before, String id) {
    before.filter(old -> !old.id().equals(id)).ifPresent(old -> images.removeUnnamed(old.id()));
  }

  private static void check(ServicePack pack, BuildOptions options, BuildPhase phase) {
    InstanceSecrets.check(pack, options);
    options
        .backup()
        .filter(file -> !Files.isRegularFile(file))
        .ifPresent(
            file -> {
              throw new NotFoundException("There is no backup " + file + " to start from");
            });
    if (phase == BuildPhase.BASE && options.backup().isPresent()) {
      throw new InvalidArgumentException("A base does not start from a backup: set one up from it");
    }
    List<String> supplied = List.copyOf(options.secrets().names());
    if (phase == BuildPhase.BASE && !supplied.isEmpty()) {
      throw new InvalidArgumentException("A base gets no secrets: " + supplied);
    }
  }

  private static RefusedException taken(ImageTag image, PackImage before) {
    String what =
        before.instance()
            ? "an instance of the pack '" + before.pack() + "'"
            : before.base() ? "a base of the pack '" + before.pack() + "'" : "another image";
    return new RefusedException(
        RefusedException.Guard.EXISTS,
        "The name %s belongs to %s".formatted(image, what),
        Remedy.other(
            "choose another name, or remove it first with 'docker rmi %s'".formatted(image)));
  }
}
