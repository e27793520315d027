package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.build.BaseImages;
import io.overc.docker.build.BuildRun;
import io.overc.docker.build.PackBuilder;
import io.overc.docker.build.SandboxQuery;
import io.overc.docker.build.SecretGenerator;
import io.overc.docker.engine.Docker;
import io.overc.docker.engine.Images;
import io.overc.docker.service.Leftovers;
import io.overc.docker.service.ServiceListing;
import io.overc.docker.service.ServiceMaker;
import io.overc.docker.service.ServiceName;
import io.overc.docker.service.ServiceScripts;
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
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Builds and runs service packs on Docker, through the docker command.
 *
 * <p>Secrets reach the build script through the environment of one {@code docker exec} and are in
 * no image configuration, history, process list, log or message. What the script writes into files
 * of the image is its own affair: the image of an instance is labelled as holding secrets.
 * Immutable, thread-safe.
 */
public final class DockerServicePackRunner implements ServicePackRunner {
  private final Function<Path, ServicePack> queries;
  private final PackBuilder builder;
  private final Services services;
  private final ServiceScripts scripts;
  private final Leftovers leftovers;

  private DockerServicePackRunner(Builder from) {
    Config config = from.config;
    Docker docker =
        new Docker(from.runner, config.get(DockerKeys.COMMAND), config.get(DockerKeys.TIMEOUT));
    SideEffects effects = from.effects;
    Duration scriptTimeout = config.get(DockerKeys.BUILD_TIMEOUT);
    Images images = new Images(docker, effects, scriptTimeout);
    this.queries = queries(docker, from, images);
    this.builder =
        new PackBuilder(
            images,
            new BaseImages(config.get(DockerKeys.IMAGES)),
            new SecretGenerator(
                config.get(DockerKeys.SECRET_LENGTH), config.get(DockerKeys.SECRET_ALPHABET)),
            new BuildRun(docker, effects, buildOptions(config), scriptTimeout));
    ServiceListing listing = new ServiceListing(docker);
    this.leftovers = new Leftovers(docker, effects, images, listing);
    ServiceMaker.Settings settings =
        new ServiceMaker.Settings(
            config.get(DockerKeys.NETWORK),
            config.get(DockerKeys.RESTART),
            config.get(DockerKeys.RUN_ARGUMENTS));
    this.services =
        new Services(
            docker,
            effects,
            listing,
            new ServiceMaker(docker, effects, images, leftovers, settings),
            leftovers,
            config.get(DockerKeys.SETTLE),
            config.get(DockerKeys.STOP_TIMEOUT));
    this.scripts = new ServiceScripts(docker, effects, listing, scriptTimeout);
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
    return services.run(instance, ServiceName.whole(service), call);
  }

  @Override
  public ServiceStatus start(String service, OperationOptions call) {
    return services.start(ServiceName.whole(service), call);
  }

  @Override
  public void stop(String service, OperationOptions call) {
    services.stop(ServiceName.whole(service), call);
  }

  @Override
  public void remove(String service, OperationOptions call) {
    services.remove(ServiceName.whole(service), call);
  }

  @Override
  public List<ServiceStatus> list() {
    return services.list();
  }

  @Override
  public ServiceStatus status(String service) {
    return services.status(ServiceName.whole(service));
  }

  @Override
  public CommandResult client(String target, List<String> arguments) {
    return scripts.run(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openClient(String target, List<String> arguments) {
    return scripts.open(PackScript.CLIENT, target, arguments);
  }

  @Override
  public int openShell(String target) {
    return scripts.openShell(target);
  }

  @Override
  public void backup(String target, Path file, OperationOptions call) {
    scripts.backup(target, file, call);
  }

  @Override
  public CommandResult extra(String target, List<String> arguments) {
    return scripts.run(PackScript.EXTRA, target, arguments);
  }

  @Override
  public List<String> logs(String target, int lines) {
    return scripts.logs(target, lines);
  }

  @Override
  public List<String> recover() {
    return leftovers.removeAll();
  }

  private static Function<Path, ServicePack> queries(Docker docker, Builder from, Images images) {
    Duration timeout = from.config.get(DockerKeys.QUERY_TIMEOUT);
    if (from.config.get(DockerKeys.QUERY_SANDBOX)) {
      String image = from.config.get(DockerKeys.QUERY_IMAGE);
      return new SandboxQuery(docker, from.effects, images, image, timeout)::open;
    }
    PackQuery host = PackQuery.onHost(from.runner, timeout);
    return directory -> ServicePack.open(directory, host);
  }

  private static List<String> buildOptions(Config config) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--network", config.get(DockerKeys.NETWORK)));
    options.addAll(config.get(DockerKeys.BUILD_ARGUMENTS));
    return List.copyOf(options);
  }

  /** Builds a {@link DockerServicePackRunner}. Not thread-safe. */
  public static final class Builder {
    private Config config = Config.empty();
    private CommandRunner runner = CommandRunner.system();
    private SideEffects effects = SideEffects.direct();

    private Builder() {}

    /**
     * Says how the runner works.
     *
     * @param values the configuration, see {@link DockerKeys}
     * @return this
     */
    public Builder config(Config values) {
      config = values;
      return this;
    }

    /**
     * Says who starts the docker command.
     *
     * @param commands starts it
     * @return this
     */
    public Builder commandRunner(CommandRunner commands) {
      runner = commands;
      return this;
    }

    Builder effects(SideEffects chosen) {
      effects = chosen;
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
