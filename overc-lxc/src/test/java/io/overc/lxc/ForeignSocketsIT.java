package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.event.OperationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForeignSocketsIT {
  /** Binds sockets whose names are no UTF-8, says so, and keeps them until its input ends. */
  private static final String BIND =
      """
      use Socket;
      for my $name ("\\0\\xff", "\\0\\xc3\\x28/x/command", "\\0" . "\\x80" x 90) {
        socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or die $!;
        bind($socket, pack_sockaddr_un($name)) or die $!;
        push @kept, $socket;
      }
      print "bound\\n";
      close(STDOUT);
      read(STDIN, my $end, 1);
      """;

  @Test
  @DisplayName("sockets that anybody names with bytes that are no UTF-8 hide no container")
  void noUtf8() throws Exception {
    Process other = new ProcessBuilder("perl", "-e", BIND).start();
    try (LxcLab lab = LxcLab.open()) {
      assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("bound\n");
      assertThat(bound()).isTrue();
      ContainerDriver driver = lab.driver();
      driver.activate("web", WhenActive.REFUSE, OperationOptions.defaults());
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
      assertThat(driver.list()).extracting(Container::name).containsExactly("web");
      driver.stop("web", OperationOptions.defaults());
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
    } finally {
      other.getOutputStream().close();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean bound() throws IOException {
    for (byte each : Files.readAllBytes(Path.of("/proc/net/unix"))) {
      if (each == (byte) 0xff) {
        return true;
      }
    }
    return false;
  }
}
