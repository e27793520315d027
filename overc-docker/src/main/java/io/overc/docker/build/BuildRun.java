package io.overc.docker.build;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Labels;
import io.overc.event.Operation;
import io.overc.exec.CommandBuilder;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.PackVariable;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@code bin/build} in a container and makes an image of it. */
record BuildRun(Docker docker, List<String> options, Duration timeout) {
  private static final String BACKUP = "/service/.backup";

  record Plan(
      ServicePack pack,
      BuildPhase phase,
      String from,
      ImageTag image,
      String contents,
      String digest) {}

  /** An image that was built: its id, and the secrets it was given. */
  record Built(String id, Secrets secrets) {}

  /**
   * Builds.
   *
   * @param prepare gives the secrets, or refuses; asked only once nobody else makes the same image:
   *     what was true of the image's name before may no longer be
   */
  Built run(Plan plan, Supplier<Secrets> prepare, BuildOptions wishes, Operation operation) {
    String subject = "the image " + plan.image();
    try (BuildLog log =
            BuildLog.open(wishes.log(), plan.phase().argument() + " of " + plan.image());
        WorkContainer work = WorkContainer.create(docker, subject, plan.from(), options)) {
      Secrets secrets = prepare.get();
      operation.step("copy the pack");
      if (plan.phase() != BuildPhase.SETUP) {
        work.copy(plan.pack().directory().toAbsolutePath() + "/.", "/service");
      }
      wishes.backup().ifPresent(file -> work.copy(file.toAbsolutePath().toString(), BACKUP));
      work.start();
      if (plan.phase() != BuildPhase.SETUP) {
        removeHistory(plan.pack(), work);
      }
      operation.step("run bin/build " + plan.phase().argument());
      script(plan, secrets, wishes.backup().isPresent(), work, log, operation);
      operation.step("make the image");
      String id = work.commit(plan.image(), changes(plan));
      return new Built(id, secrets);
    }
  }

  /** Before the first program of the pack runs. */
  private void removeHistory(ServicePack pack, WorkContainer work) {
    List<String> remove = new ArrayList<>(List.of("rm", "-rf"));
    PackDigest.history(pack.directory()).forEach(path -> remove.add("/service/" + path));
    if (remove.size() > 2) {
      work.exec(docker.call(), List.of(), remove)
          .orThrow("leave the history of the service pack out of its image");
    }
  }

  private void script(
      Plan plan,
      Secrets secrets,
      boolean backup,
      WorkContainer work,
      BuildLog log,
      Operation operation) {
    CommandBuilder call = call(log, operation);
    List<String> variables = new ArrayList<>(secrets.names());
    secrets.values().forEach(call::secretEnvironment);
    if (backup) {
      variables.add("BACKUP");
      call.environment("BACKUP", BACKUP);
    }
    String attempt =
        "run 'bin/build %s' of the service pack %s"
            .formatted(plan.phase().argument(), plan.pack().directory());
    docker
        .effects()
        .run(
            "run build script",
            () -> {
              var result =
                  work.exec(
                      call,
                      variables,
                      List.of("/service/" + PackScript.BUILD.path(), plan.phase().argument()));
              log.line("--- exit code " + result.exitCode());
              result.orThrow(attempt);
            });
    if (backup) {
      work.exec(call(log, operation), List.of(), List.of("rm", "-f", BACKUP))
          .orThrow("remove the backup from the new image");
    }
  }

  private CommandBuilder call(BuildLog log, Operation operation) {
    return docker
        .call()
        .timeout(timeout)
        .lines(
            line -> {
              log.line(line);
              operation.output("bin/build", line);
            });
  }

  /** What the configuration of a new image holds, as changes that {@code commit} understands. */
  private static List<String> changes(Plan plan) {
    ServicePack pack = plan.pack();
    Map<String, String> labels = new LinkedHashMap<>();
    boolean base = plan.phase() == BuildPhase.BASE;
    labels.put(Labels.MARK, "0");
    labels.put(Labels.ROLE, base ? "base" : "instance");
    labels.put(Labels.PACK, Labels.encode(pack.name()));
    labels.put(Labels.DIGEST, base ? plan.digest() : "");
    labels.put(Labels.CONTENTS, plan.contents());
    labels.put(Labels.ENVIRONMENT, Labels.encode(lines(pack)));
    labels.put(Labels.PORTS, joined(pack.ports().stream()));
    labels.put(Labels.COMPONENTS, joined(pack.components().stream()));
    labels.put(Labels.SCRIPTS, joined(Stream.of(PackScript.values()).filter(pack::has)));
    if (!base) {
      labels.put(Labels.SECRETS, joined(pack.secrets().stream()));
      labels.put(Labels.NOTICE, "holds-the-secrets-of-one-instance");
    }
    List<String> changes = new ArrayList<>();
    labels.forEach((label, value) -> changes.add("LABEL " + label + "=" + value));
    pack.ports().forEach(port -> changes.add("EXPOSE " + port));
    changes.add("WORKDIR /service");
    changes.add("ENTRYPOINT [\"/service/bin/run\"]");
    changes.add("CMD []");
    return changes;
  }

  private static String lines(ServicePack pack) {
    return pack.environment().stream()
        .map(PackVariable::toString)
        .collect(Collectors.joining("\n"));
  }

  private static String joined(Stream<?> parts) {
    return parts.map(String::valueOf).collect(Collectors.joining(","));
  }
}
