package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes snapshots to files that {@code docker load} reads everywhere, and reads them again. */
public final class SnapshotFiles {
  private static final Pattern LOADED = Pattern.compile("Loaded image(?: ID|\\(s\\))?: (\\S+)");

  private final Docker docker;
  private final SideEffects effects;
  private final CommittedSnapshots snapshots;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param snapshots keeps the snapshots
   */
  public SnapshotFiles(Docker docker, SideEffects effects, CommittedSnapshots snapshots) {
    this.docker = docker;
    this.effects = effects;
    this.snapshots = snapshots;
  }

  /**
   * Writes a snapshot to a new file.
   *
   * @param snapshot the snapshot
   * @param file the file, complete or not there
   * @param call who listens, and how long it may take
   */
  public void exportTo(Snapshot snapshot, Path file, OperationOptions call) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (Operation operation =
        Operation.start(call.listener(), "snapshot export", snapshot.id(), 1)) {
      operation.step("save the image");
      if (Files.exists(file)) {
        throw new RefusedException(
            "Could not export " + snapshot.id() + ": the file " + file + " exists");
      }
      effects.run(
          "export snapshot",
          () -> {
            docker.must(
                "export the snapshot " + snapshot.id(),
                "save",
                "--output",
                unfinished.toString(),
                snapshots.reference(snapshot.id()));
            Files.createLink(file, unfinished);
          });
      operation.succeeded(file + " is written");
    } catch (IOException e) {
      throw new OvercException("Could not export " + snapshot.id() + " to " + file + ": " + e, e);
    } finally {
      delete(unfinished);
    }
  }

  /**
   * Reads a snapshot from a file.
   *
   * @param file the file
   * @param subject the container it is to be a snapshot of
   * @param call who listens, and how long it may take
   * @return the snapshot
   */
  public Snapshot importFrom(Path file, String subject, OperationOptions call) {
    try (Operation operation = Operation.start(call.listener(), "snapshot import", subject, 2)) {
      operation.step("load the image");
      String image = load(file);
      operation.step("commit the snapshot");
      Snapshot made = snapshots.adopt(image, subject);
      docker.run("rmi", image);
      operation.succeeded("snapshot " + made.id());
      return made;
    }
  }

  /** Loads an archive of {@code docker save}; returns the name or id of the image in it. */
  private String load(Path file) {
    String[] image = {""};
    effects.run(
        "load image",
        () -> {
          CommandResult result = docker.run("load", "--input", file.toString());
          image[0] = loaded(result, file);
        });
    return image[0];
  }

  static String loaded(CommandResult result, Path file) {
    Optional<String> name =
        result.lines().map(LOADED::matcher).filter(Matcher::find).map(m -> m.group(1)).findFirst();
    if (!result.succeeded() || name.isEmpty()) {
      throw new VerificationException(
          "The file %s is no archive of an image: %s"
              .formatted(file, (result.stderr() + result.stdout()).strip()));
    }
    return name.get();
  }

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new OvercException("Could not remove " + unfinished + ": " + e, e);
    }
  }
}
