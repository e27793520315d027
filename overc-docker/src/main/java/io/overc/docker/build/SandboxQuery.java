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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks query scripts in a container that has no network, no privileges and little memory.
 *
 * @param image the image in which scripts are asked; empty for one that is there
 * @param systems images of operating systems, see {@link io.overc.docker.DockerKeys#IMAGES}
 * @param timeout how long one question may take
 */
public record SandboxQuery(
    Images images, Optional<String> image, List<String> systems, Duration timeout) {
  private static final String SMALLEST = "busybox:latest";

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
          try (Sandbox sandbox = new Sandbox(pack, operation)) {
            return ServicePack.open(pack, sandbox);
          }
        });
  }

  /** A container with the pack; what is no pack is refused before there is one. */
  private final class Sandbox implements PackQuery, AutoCloseable {
    private final Path pack;
    private final Operation operation;
    private @Nullable WorkContainer work;

    Sandbox(Path pack, Operation operation) {
      this.pack = pack;
      this.operation = operation;
    }

    @Override
    public Answer ask(Path directory, String question) {
      WorkContainer ready = work == null ? begin() : work;
      return SandboxQuery.this.ask(ready, question);
    }

    private WorkContainer begin() {
      String id = images.provide(chosen(), "for query scripts, see query.image", operation).id();
      String subject = "the queries of " + pack + " " + UUID.randomUUID();
      WorkContainer made = WorkContainer.create(images.docker(), subject, id, OPTIONS);
      work = made;
      made.copy(pack.toAbsolutePath() + "/.", "/service");
      made.start();
      return made;
    }

    @Override
    public void close() {
      if (work != null) {
        work.close();
      }
    }
  }

  /** Which system the pack is for is not known before it is asked. */
  private String chosen() {
    return image.orElseGet(
        () ->
            new BaseImages(systems)
                .configured().stream()
                    .filter(one -> images.find(one).isPresent())
                    .findFirst()
                    .orElse(SMALLEST));
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
