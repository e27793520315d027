package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.build.PackBuilder;
import io.overc.docker.build.SandboxQuery;
import io.overc.docker.build.SecretGenerator;
import io.overc.docker.service.Services;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.PackQuery;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Builds and runs service packs on Docker, through the docker command.
 *
 * <p>Secrets reach the build script through the environment of one {@code docker exec} and are in
 * no image configuration, history, process list, log or message. OverC does not control what the
 * script writes into files of the image: that of an instance is labelled as holding secrets.
 * Immutable, thread-safe.
 */
public final class DockerServicePackRunner implements ServicePackRunner {
  private final Function<Path, ServicePack> queries;
  private final PackBuilder builder;
  private final Services services;

  private DockerServicePackRunner(Builder from) {
    DockerBackend backend = new DockerBackend(from);
    Duration scriptTimeout = backend.get(DockerKeys.BUILD_TIMEOUT);
    this.queries = queries(backend, from.runner);
    List<String> buildOptions =
        new ArrayList<>(List.of("--network", backend.get(DockerKeys.NETWORK)));
    buildOptions.addAll(backend.get(DockerKeys.BUILD_ARGUMENTS));
    this.builder =
        new PackBuilder(
            backend.images(),
            backend.get(DockerKeys.IMAGES),
            new SecretGenerator(
                backend.get(DockerKeys.SECRET_LENGTH), backend.get(DockerKeys.SECRET_ALPHABET)),
            buildOptions,
            scriptTimeout);
    this.services =
        new Services(
            backend.containers(),
            backend.images(),
            backend.settled(),
            new Services.Settings(
                backend.get(DockerKeys.NETWORK),
                backend.get(DockerKeys.RESTART),
                backend.get(DockerKeys.RUN_ARGUMENTS)),
            scriptTimeout);
  }

  /**
   * Makes a runner. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @return the runner
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static DockerServicePackRunner of(Config config) {
    return builder().config(config).build();
  }

  /**
   * Begins a runner.
   *
   * @return a builder with the default configuration
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ServicePack open(Path directory) {
    return queries.apply(directory);
  }

  @Override
  public BuildResult build(
      ServicePack pack,
      ImageTag image,
      BuildPhase phase,
      BuildOptions options,
      OperationOptions call) {
    return builder.build(pack, image, phase, options, call);
  }

  @Override
  public BuildResult setup(
      ServicePack pack,
      ImageTag base,
      ImageTag image,
      BuildOptions options,
      OperationOptions call) {
    return builder.setup(pack, base, image, options, call);
  }

  @Override
  public ServiceStatus run(ImageTag instance, String service, OperationOptions call) {
    return services.run(instance, service, call);
  }

  @Override
  public ServiceStatus start(String service, OperationOptions call) {
    return services.start(service, call);
  }

  @Override
  public void stop(String service, OperationOptions call) {
    services.stop(service, call);
  }

  @Override
  public void remove(String service, OperationOptions call) {
    services.remove(service, call);
  }

  @Override
  public List<ServiceStatus> list() {
    return services.list();
  }

  @Override
  public ServiceStatus status(String service) {
    return services.status(service);
  }

  @Override
  public CommandResult client(String target, List<String> arguments) {
    return services.script(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openClient(String target, List<String> arguments) {
    return services.openScript(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openShell(String target) {
    return services.openShell(target);
  }

  @Override
  public void backup(String target, Path file, OperationOptions call) {
    services.backup(target, file, call);
  }

  @Override
  public CommandResult extra(String target, List<String> arguments) {
    return services.script(PackScript.EXTRA, target, arguments);
  }

  @Override
  public List<String> logs(String target, int lines) {
    return services.logs(target, lines);
  }

  @Override
  public List<String> recover() {
    return services.recover();
  }

  private static Function<Path, ServicePack> queries(DockerBackend backend, CommandRunner runner) {
    Duration timeout = backend.get(DockerKeys.QUERY_TIMEOUT);
    if (backend.get(DockerKeys.QUERY_SANDBOX)) {
      String image = backend.get(DockerKeys.QUERY_IMAGE);
      return new SandboxQuery(backend.images(), image, timeout)::open;
    }
    PackQuery host = PackQuery.onHost(runner, timeout);
    return directory -> ServicePack.open(directory, host);
  }

  /** Builds a {@link DockerServicePackRunner}. Not thread-safe. */
  public static final class Builder extends EngineBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the runner. Calls no engine.
     *
     * @return the runner
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public DockerServicePackRunner build() {
      return new DockerServicePackRunner(this);
    }
  }
}
