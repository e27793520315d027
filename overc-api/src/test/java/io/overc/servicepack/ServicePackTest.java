package io.overc.servicepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.NotFoundException;
import io.overc.error.VerificationException;
import io.overc.exec.CommandRunner;
import io.overc.exec.CommandTimeoutException;
import io.overc.testkit.SamplePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a service pack")
class ServicePackTest {
  @TempDir Path directory;

  private SamplePack sample() {
    return SamplePack.in(directory.resolve("pack"), "ubuntu/22.04");
  }

  private ServicePack open() {
    return ServicePack.open(directory.resolve("pack"));
  }

  @Test
  @DisplayName("tells what its query script answers; comments and blank lines do not count")
  void answers() {
    sample()
        .answer("secrets", "MYSQL_PASSWORD", "", "# another", " OTHER ")
        .answer("env", "# how to reach it", "MYSQL_HOST=%IP", "QUERY=a=b \"c\" ", "EMPTY=")
        .answer("ports", "3306", "53/udp")
        .answer("components", "hipache", "redis")
        .answer("version", "0");
    ServicePack pack = open();
    assertThat(pack.name()).isEqualTo("pack");
    assertThat(pack.os()).isEqualTo("ubuntu/22.04");
    assertThat(pack.secrets()).containsExactly("MYSQL_PASSWORD", "OTHER");
    assertThat(pack.environment())
        .containsExactly(
            new PackVariable("MYSQL_HOST", "%IP"),
            new PackVariable("QUERY", "a=b \"c\" "),
            new PackVariable("EMPTY", ""));
    assertThat(pack.ports()).containsExactly(new Port(3306, "tcp"), new Port(53, "udp"));
    assertThat(pack.components()).containsExactly("hipache", "redis");
    assertThat(pack.has(PackScript.RUN)).isTrue();
    assertThat(pack.has(PackScript.CLIENT)).isFalse();
  }

  @Test
  @DisplayName(
      "runs its query script in its own directory, with nothing but PATH in the environment")
  void bareEnvironment() {
    sample()
        .script(
            PackScript.QUERY,
            "[ \"$1\" = os ] && { [ -e bin/query ] && [ -z \"$HOME\" ] && echo test/1; exit; }",
            "exit 0");
    assertThat(open().os()).isEqualTo("test/1");
  }

  @Test
  @DisplayName("need not know the questions that came later")
  void oldPacks() {
    sample()
        .script(
            PackScript.QUERY,
            "case $1 in os) echo debian/12;; secrets|env) ;; *) echo usage >&2; exit 1;; esac");
    assertThat(open().components()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "version | 7 | version 0 only",
        "os | windows | such as ubuntu/22.04",
        "os | ../../etc/1 | such as ubuntu/22.04",
        "secrets | MY-PASSWORD | cannot be the name of an environment variable",
        "secrets | A B | cannot be the name of an environment variable",
        "env | no equals sign | expected NAME=VALUE",
        "env | 1X=y | expected NAME=VALUE",
        "ports | 0 | is an invalid port",
        "ports | 70000/tcp | is an invalid port",
        "ports | http | is an invalid port",
        "components | Up/../down | cannot be the name of a host",
      })
  @DisplayName("is refused for an answer that is none, with the question and the answer")
  void badAnswers(String question, String answer, String complaint) {
    sample().answer(question, answer);
    assertThatThrownBy(this::open)
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("bin/query " + question)
        .hasMessageContaining(complaint);
  }

  @Test
  @DisplayName("is refused when it names something twice")
  void twice() {
    sample().answer("secrets", "ONE", "ONE");
    assertThatThrownBy(this::open).hasMessageContaining("'ONE' twice");
  }

  @Test
  @DisplayName("is refused when its query script fails, with what it complained of")
  void failingQuery() {
    sample().script(PackScript.QUERY, "echo no such thing >&2; exit 3");
    assertThatThrownBy(this::open)
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("no such thing");
  }

  @Test
  @DisplayName("is refused when its query script prints without end")
  void endlessAnswer() {
    sample().script(PackScript.QUERY, "head -c 10000000 /dev/zero | tr '\\0' x");
    assertThatThrownBy(this::open)
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("more than 64 KiB");
  }

  @Test
  @DisplayName("is refused when its query script does not answer in time")
  void hangingQuery() {
    sample().script(PackScript.QUERY, "sleep 1000");
    PackQuery impatient = PackQuery.onHost(CommandRunner.system(), Duration.ofMillis(300));
    assertThatThrownBy(() -> ServicePack.open(directory.resolve("pack"), impatient))
        .isInstanceOf(CommandTimeoutException.class)
        .hasMessageContaining("300 ms");
  }

  @Test
  @DisplayName("needs a directory, its scripts, and the right to run them")
  void missingParts() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("not a directory");
    SamplePack pack = sample();
    Files.delete(pack.directory().resolve("bin/query"));
    assertThatThrownBy(this::open)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("it has no bin/query");
    sample().file("bin/build", "#!/bin/sh\n", "rw-r--r--");
    assertThatThrownBy(this::open)
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("chmod +x");
  }
}
