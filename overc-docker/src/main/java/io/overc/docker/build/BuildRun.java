package io.overc.docker.build;

import io.overc.docker.engine.Docker;
import io.overc.event.Operation;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs {@code bin/build} in a container and makes an image of it. */
public final class BuildRun {
  private static final String BACKUP = "/service/.backup";

  private final Docker docker;
  private final SideEffects effects;
  private final List<String> options;
  private final Duration timeout;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param options options of the containers of builds
   * @param timeout how long a run of the script may take
   */
  public BuildRun(Docker docker, SideEffects effects, List<String> options, Duration timeout) {
    this.docker = docker;
    this.effects = effects;
    this.options = List.copyOf(options);
    this.timeout = timeout;
  }

  /**
   * Says what is built.
   *
   * @param pack the pack
   * @param phase the argument of {@code bin/build}
   * @param from the id of the image to begin with
   * @param image the name of the new image
   * @param contents the digest of the pack's contents
   * @param digest the digest that a base is known by again; else empty
   */
  record Plan(
      ServicePack pack,
      BuildPhase phase,
      String from,
      ImageTag image,
      String contents,
      String digest) {}

  /**
   * Says what was built.
   *
   * @param id the id of the image
   * @param secrets what it was given
   */
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
        WorkContainer work = WorkContainer.create(docker, effects, subject, plan.from(), options)) {
      Secrets secrets = prepare.get();
      operation.step("copy the pack");
      if (plan.phase() != BuildPhase.SETUP) {
        work.copy(plan.pack().directory().toAbsolutePath() + "/.", "/service");
      }
      wishes.backup().ifPresent(file -> work.copy(file.toAbsolutePath().toString(), BACKUP));
      work.start();
      operation.step("run bin/build " + plan.phase().argument());
      script(plan, secrets, wishes.backup().isPresent(), work, log, operation);
      operation.step("make the image");
      String id =
          work.commit(
              plan.image(),
              ImageChanges.of(plan.pack(), plan.phase(), plan.contents(), plan.digest()));
      return new Built(id, secrets);
    }
  }

  private void script(
      Plan plan,
      Secrets secrets,
      boolean backup,
      WorkContainer work,
      BuildLog log,
      Operation operation) {
    CommandBuilder settings = settings(log, operation);
    List<String> variables = new ArrayList<>(secrets.names());
    secrets.values().forEach(settings::secretEnvironment);
    if (backup) {
      variables.add("BACKUP");
      settings.environment("BACKUP", BACKUP);
    }
    List<String> program = List.of("/service/" + PackScript.BUILD.path(), plan.phase().argument());
    effects.run(
        "run build script",
        () -> {
          CommandResult result = work.exec(settings, variables, program);
          log.line("--- exit code " + result.exitCode());
          result.orThrow(
              "run 'bin/build %s' of the service pack %s"
                  .formatted(plan.phase().argument(), plan.pack().directory()));
        });
    if (backup) {
      work.exec(settings(log, operation), List.of(), List.of("rm", "-f", BACKUP))
          .orThrow("remove the backup from the new image");
    }
  }

  private CommandBuilder settings(BuildLog log, Operation operation) {
    return docker
        .call()
        .timeout(timeout)
        .lines(
            line -> {
              log.line(line);
              operation.output("bin/build", line);
            });
  }
}
