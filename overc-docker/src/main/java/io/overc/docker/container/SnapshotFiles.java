package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes snapshots to files that {@code docker load} reads everywhere, and reads them again. */
public record SnapshotFiles(Docker docker, CommittedSnapshots snapshots) {
  private static final String IMAGES = "{{.Repository}}:{{.Tag}} {{.ID}}";

  /** Writes a snapshot to a new file, which is complete or not there. */
  public void exportTo(SnapshotId id, Path file, Operation operation) throws IOException {
    operation.step("save the image");
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    String reference = snapshots.require(id).reference();
    if (Files.exists(file)) {
      throw new RefusedException(
          RefusedException.Guard.EXISTS,
          "Could not export " + id + ": the file " + file + " exists",
          Remedy.other("name another one, or remove it first"));
    }
    try {
      docker
          .effects()
          .run(
              "export snapshot",
              () -> {
                docker.require(
                    "export the snapshot " + id,
                    "save",
                    "--output",
                    unfinished.toString(),
                    reference);
                Files.createLink(file, unfinished);
              });
    } finally {
      Files.deleteIfExists(unfinished);
    }
    operation.result(file + " is written");
  }

  /** Makes a snapshot of a container from a file. */
  public Snapshot importFrom(Path file, String subject, Operation operation) {
    List<String> before =
        docker.lines("list images", "images", "--no-trunc", "--format", IMAGES).stream()
            .flatMap(line -> Stream.of(line.split(" ")))
            .toList();
    operation.step("load the image");
    String image = LoadedImage.from(docker, file);
    try {
      operation.step("commit the snapshot");
      Snapshot made = snapshots.adopt(image, subject);
      operation.result("made " + made.id());
      return made;
    } finally {
      if (!before.contains(image)) {
        Cancellation.shielded(() -> docker.run("rmi", image));
      }
    }
  }
}
