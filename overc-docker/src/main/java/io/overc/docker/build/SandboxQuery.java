package io.overc.docker.build;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.servicepack.PackQuery;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Asks query scripts in a container that has no network, no privileges and little memory.
 *
 * @param image the image in which scripts are asked
 * @param timeout how long one question may take
 */
public record SandboxQuery(Images images, String image, Duration timeout) {
  private static final List<String> OPTIONS =
      List.of(
          "--network=none",
          "--cap-drop=ALL",
          "--security-opt=no-new-privileges",
          "--memory=128m",
          "--pids-limit=64");

  /** Opens a pack, asking its query script. */
  public ServicePack open(Path pack) {
    return Operation.run(
        OperationOptions.defaults(),
        OperationKind.SERVICE_PACK_QUERY,
        pack.toString(),
        operation -> {
          String id = images.provide(image, "for query scripts, see query.image", operation).id();
          String subject = "the queries of " + pack + " " + UUID.randomUUID();
          try (WorkContainer work = WorkContainer.create(images.docker(), subject, id, OPTIONS)) {
            work.copy(pack.toAbsolutePath() + "/.", "/service");
            work.start();
            return ServicePack.open(pack, (directory, question) -> ask(work, question));
          }
        });
  }

  private PackQuery.Answer ask(WorkContainer work, String question) {
    Docker docker = images.docker();
    CommandResult result =
        work.exec(
            docker.call().timeout(timeout).outputLimit(4 * PackQuery.Answer.LIMIT),
            List.of(),
            List.of("/service/" + PackScript.QUERY.path(), question));
    return new PackQuery.Answer(result.exitCode(), result.stdout(), result.stderr());
  }
}
