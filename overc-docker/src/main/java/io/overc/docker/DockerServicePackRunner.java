package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.build.InstanceSecrets;
import io.overc.docker.build.PackBuilder;
import io.overc.docker.build.SandboxQuery;
import io.overc.docker.service.Services;
import io.overc.servicepack.PackQuery;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds and runs service packs on Docker, through the docker command.
 *
 * <p>A pack is somebody else's: its {@code bin/query} is asked in a container without network,
 * unless {@link DockerKeys#QUERY_SANDBOX} says that it may run on this machine.
 *
 * <p>Secrets reach the build script through the environment of one {@code docker exec} and are in
 * no image configuration, history, process list, log or message. OverC does not control what the
 * script writes into files of the image: that of an instance is labelled as holding secrets. The
 * runners are immutable and thread-safe.
 */
public final class DockerServicePackRunner {
  private DockerServicePackRunner() {}

  /**
   * Makes a runner. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @return the runner
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static ServicePackRunner of(Config config) {
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

  /** Builds a runner. Not thread-safe. */
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
    public ServicePackRunner build() {
      DockerBackend backend = new DockerBackend(this);
      return new Services(
          packs(backend),
          packBuilder(backend),
          backend.containers(),
          backend.images(),
          backend.get(DockerKeys.SETTLE),
          new Services.Settings(
              backend.get(DockerKeys.NETWORK),
              backend.get(DockerKeys.RESTART),
              backend.get(DockerKeys.RUN_ARGUMENTS)),
          backend.get(DockerKeys.BUILD_TIMEOUT));
    }

    private static PackBuilder packBuilder(DockerBackend backend) {
      List<String> options = new ArrayList<>(List.of("--network", backend.get(DockerKeys.NETWORK)));
      options.addAll(backend.get(DockerKeys.BUILD_ARGUMENTS));
      return new PackBuilder(
          backend.images(),
          backend.get(DockerKeys.IMAGES),
          new InstanceSecrets(
              backend.get(DockerKeys.SECRET_LENGTH), backend.get(DockerKeys.SECRET_ALPHABET)),
          options,
          backend.get(DockerKeys.BUILD_TIMEOUT));
    }

    private Function<Path, ServicePack> packs(DockerBackend backend) {
      Duration timeout = backend.get(DockerKeys.QUERY_TIMEOUT);
      if (backend.get(DockerKeys.QUERY_SANDBOX)) {
        Optional<String> image = backend.find(DockerKeys.QUERY_IMAGE);
        List<String> systems = backend.get(DockerKeys.IMAGES);
        return new SandboxQuery(backend.images(), image, systems, timeout)::open;
      }
      PackQuery host = PackQuery.onHost(runner, timeout);
      return directory -> ServicePack.open(directory, host);
    }
  }
}
