package io.overc.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("what the engine says of a container makes the same container again")
class EngineContainerTest {

  @Test
  @DisplayName("by Docker 20.10")
  void docker() throws IOException {
    EngineContainer container = read("docker-20.10-container.json");
    assertThat(container.name()).isEqualTo("c1");
    assertThat(container.podman()).isFalse();
    assertThat(container.state()).isEqualTo("created");
    assertThat(container.active()).isFalse();
    assertThat(container.labels().text(Labels.TEMPLATE)).isEqualTo("web");
    assertThat(container.networks()).containsExactly("nn");
    assertThat(container.options())
        .containsExactly(
            "--network=default",
            "--mount=type=volume,source=vv,target=/vv,readonly",
            "--dns=1.1.1.1",
            "--cpus=0.5",
            "--restart=on-failure:3",
            "--init=true",
            "--volume=/tmp:/x:ro",
            "--tmpfs=/tm:size=1m",
            "--publish=5353:53/udp",
            "--publish=127.0.0.1:8080:80/tcp",
            "--read-only",
            "--cap-add=CAP_NET_ADMIN",
            "--cap-drop=CAP_MKNOD",
            "--security-opt=no-new-privileges",
            "--device=/dev/null:/dev/nn:rwm",
            "--add-host=a:1.2.3.4",
            "--memory=67108864",
            "--tty",
            "--interactive");
  }

  @Test
  @DisplayName("by podman 4.3, which has mounts among the volumes and takes all networks at once")
  void podman() throws IOException {
    EngineContainer container = read("podman-4.3-container.json");
    assertThat(container.name()).isEqualTo("c1");
    assertThat(container.podman()).isTrue();
    assertThat(container.labels().text(Labels.TEMPLATE)).isEqualTo("web");
    assertThat(container.networks()).isEmpty();
    assertThat(container.options())
        .containsExactly(
            "--network=mm",
            "--network=nn",
            "--dns=1.1.1.1",
            "--cpu-quota=50000",
            "--restart=on-failure:3",
            "--init=true",
            "--volume=vv:/vv:ro,rprivate,nosuid,nodev,rbind",
            "--volume=/tmp:/x:ro,rprivate,rbind",
            "--tmpfs=/run:rw,rprivate,nosuid,nodev,tmpcopyup",
            "--tmpfs=/tm:size=1m,rw,rprivate,nosuid,nodev,tmpcopyup",
            "--tmpfs=/tmp:rw,rprivate,nosuid,nodev,tmpcopyup",
            "--tmpfs=/var/tmp:rw,rprivate,nosuid,nodev,tmpcopyup",
            "--publish=5353:53/udp",
            "--publish=127.0.0.1:8080:80/tcp",
            "--read-only",
            "--cap-add=CAP_NET_ADMIN",
            "--cap-drop=CAP_MKNOD",
            "--security-opt=no-new-privileges",
            "--device=/dev/null:/dev/nn",
            "--add-host=a:1.2.3.4",
            "--memory=67108864",
            "--tty",
            "--interactive");
  }

  @Test
  @DisplayName("whatever is missing or of another type is empty")
  void strange() {
    EngineContainer container =
        new EngineContainer(
            JsonMapper.shared()
                .readTree("{\"Name\":\"/x\",\"HostConfig\":{\"Binds\":3,\"Memory\":[]}}"));
    assertThat(container.state()).isEmpty();
    assertThat(container.restarts()).isZero();
    assertThat(container.address()).isEmpty();
    assertThat(container.options()).containsExactly("--network=");
  }

  private static EngineContainer read(String fixture) throws IOException {
    try (var in =
        Objects.requireNonNull(EngineContainerTest.class.getResourceAsStream(fixture), fixture)) {
      return new EngineContainer(JsonMapper.shared().readTree(in).path(0));
    }
  }
}
