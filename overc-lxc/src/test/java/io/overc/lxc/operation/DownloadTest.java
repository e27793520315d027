package io.overc.lxc.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  @TempDir private Path directory;

  @Test
  @Timeout(20)
  @DisplayName("a server that says nothing does not keep a download from being cancelled")
  void silentServer() throws IOException {
    Path file = directory.resolve("image");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://localhost:" + server.getLocalPort() + "/image";
      OperationOptions call = OperationOptions.builder().deadline(Duration.ofMillis(300)).build();
      assertThatThrownBy(
              () ->
                  Operation.run(
                      call,
                      OperationKind.CONTAINER_UPDATE,
                      "web",
                      operation -> new Download(url, file, operation).run(Optional.empty())))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining(url);
    }
    assertThat(file).doesNotExist();
  }
}
