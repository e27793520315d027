package io.overc.docker.build;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.event.Listener;
import io.overc.event.Operation;
import io.overc.exec.CommandResult;
import io.overc.servicepack.PackQuery;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Asks query scripts in a container that has no network, no privileges and little memory. */
public final class SandboxQuery {
  private static final List<String> OPTIONS =
      List.of(
          "--network=none",
          "--cap-drop=ALL",
          "--security-opt=no-new-privileges",
          "--memory=128m",
          "--pids-limit=64");

  private final Docker docker;
  private final SideEffects effects;
  private final Images images;
  private final String image;
  private final Duration timeout;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param images finds and pulls images
   * @param image the image in which scripts are asked
   * @param timeout how long one question may take
   */
  public SandboxQuery(
      Docker docker, SideEffects effects, Images images, String image, Duration timeout) {
    this.docker = docker;
    this.effects = effects;
    this.images = images;
    this.image = image;
    this.timeout = timeout;
  }

  /**
   * Opens a pack, asking its query script.
   *
   * @param pack its directory
   * @return the pack
   */
  public ServicePack open(Path pack) {
    String id;
    try (Operation operation =
        Operation.start(Listener.none(), "service pack query", pack.toString(), 1)) {
      id = images.provide(image, "for query scripts, see query.image", operation).id();
      operation.succeeded("found " + image);
    }
    String subject = "the queries of " + pack + " " + UUID.randomUUID();
    try (WorkContainer work = WorkContainer.create(docker, effects, subject, id, OPTIONS)) {
      work.copy(pack.toAbsolutePath() + "/.", "/service");
      work.start();
      return ServicePack.open(pack, (directory, question) -> ask(work, question));
    }
  }

  private PackQuery.Answer ask(WorkContainer work, String question) {
    CommandResult result =
        work.exec(
            docker.call().timeout(timeout).outputLimit(4 * PackQuery.Answer.LIMIT),
            List.of(),
            List.of("/service/" + PackScript.QUERY.path(), question));
    return new PackQuery.Answer(result.exitCode(), result.stdout(), result.stderr());
  }
}
