package io.overc.docker;

import io.overc.config.Config;
import io.overc.docker.testkit.TestEngine;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Docker keeps the contract of container drivers")
class DockerContainerDriverIT extends EngineContainerDriverContract {
  DockerContainerDriverIT() {
    super(TestEngine.shared());
  }

  @ParameterizedTest(name = "active: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("a replacement that was interrupted anywhere ends with the old or the new container")
  void interrupted(boolean active) throws IOException {
    Map<String, String> quick = TestEngine.shared().values();
    quick.put("docker.snapshot-repository", repository());
    quick.put("docker.settle", "100ms");
    ReplacementMatrix matrix =
        new ReplacementMatrix(
            TestEngine.shared(), Config.of(quick), template().build(), newName(), active);
    matrix.run(Workbench.configFile(quick, directory), this::write, this::read);
    System.out.println("Fault matrix of activate: " + matrix.cases() + " cases");
  }
}
