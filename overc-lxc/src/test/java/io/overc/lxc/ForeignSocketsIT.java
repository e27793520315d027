package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Listens, answers nobody, and lets as many wait as it is told. */
  private static final String LISTEN =
      """
      use Socket;
      my ($name, $backlog) = @ARGV;
      socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or die $!;
      bind($socket, pack_sockaddr_un("\\0$name")) or die $!;
      listen($socket, $backlog) or die $!;
      for my $i (0 .. ($backlog ? -1 : 0)) {
        socket($kept[$i], AF_UNIX, SOCK_STREAM, 0) or die $!;
        connect($kept[$i], pack_sockaddr_un("\\0$name")) or die $!;
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

  @ParameterizedTest
  @ValueSource(ints = {100, 0})
  @DisplayName("a socket of another user with the name of a container's is no container that runs")
  void anotherUser(int backlog) throws Exception {
    Real.tools("setpriv", "perl");
    try (LxcLab lab = LxcLab.open()) {
      ContainerDriver driver = lab.driver();
      OperationOptions none = OperationOptions.defaults();
      driver.activate("web", WhenActive.REFUSE, none);
      driver.stop("web", none);
      String name = lab.path().resolve("web").resolve("command").toString();
      Process other =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid",
                  "65534",
                  "--regid",
                  "65534",
                  "--clear-groups",
                  "perl",
                  "-e",
                  LISTEN,
                  name,
                  String.valueOf(backlog))
              .start();
      try {
        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("bound\n");
        assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
        assertThat(driver.list())
            .extracting(Container::status)
            .containsExactly(Optional.of(ContainerStatus.INACTIVE));
        assertThatThrownBy(() -> driver.start("web", none))
            .isInstanceOf(OvercException.class)
            .hasMessageContaining("a process of user 65534 has the socket @" + name);
        driver.stop("web", none);
        driver.delete("web", WhenActive.REFUSE, none);
        assertThat(driver.list()).isEmpty();
      } finally {
        other.getOutputStream().close();
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      driver.activate("web", WhenActive.REFUSE, none);
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
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
