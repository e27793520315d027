package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.engine.TestEngine;
import io.overc.event.Listener;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the sample packs on a real engine")
class ServicePackIT {
  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final DockerServicePackRunner runner = bench.runner();
  private final Listener quiet = Listener.none();
  private final BuildOptions plain = BuildOptions.defaults();

  @TempDir Path directory;

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("notes: from build to client, and a restart that changes the address")
  void notes() {
    ServicePack pack = Workbench.pack("notes");
    BuildResult built = runner.build(pack, bench.image("base"), BuildPhase.BASE, plain, quiet);
    assertThat(built.cached()).isFalse();
    BuildResult set = runner.setup(pack, bench.image("base"), bench.image("one"), plain, quiet);
    assertThat(set.environmentLines())
        .hasSize(6)
        .element(0)
        .asString()
        .matches("NOTES_PASSWORD=[A-Za-z0-9]{24}");
    ServiceStatus status = runner.run(bench.image("one"), bench.name("n1"), quiet);
    assertThat(status.state()).isEqualTo(ServiceState.RUNNING);
    System.out.println(status);
    System.out.println(runner.client(bench.name("n1"), List.of()));
    System.out.println(runner.list());
  }
}
