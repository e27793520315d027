package io.overc.lxc.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import io.overc.lxc.instance.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  @DisplayName("a journal says again what was written, the state of the container too")
  void again(ContainerState before) {
    Journal journal = new Journal(Journal.Step.SWITCH, true, before, Optional.of("web_0"));
    journal.write(directory.resolve("web"));
    assertThat(Journal.read(directory.resolve("web"))).hasValue(journal);
    assertThat(Journal.read(directory.resolve("other"))).isEmpty();
  }

  @Test
  @DisplayName("a journal of an earlier version is understood")
  void earlier() throws IOException {
    Path file = directory.resolve("web");
    Files.writeString(file, "step=UPGRADE\npresent=true\nactive=true\nkeep=web_1\n");
    assertThat(Journal.read(file))
        .hasValue(
            new Journal(Journal.Step.UPGRADE, true, ContainerState.RUNNING, Optional.of("web_1")));
  }

  @Test
  @DisplayName("a damaged journal is an error that names it")
  void damaged() throws IOException {
    Path file = directory.resolve("web");
    Files.writeString(file, "step=WHAT\n");
    assertThatThrownBy(() -> Journal.read(file))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(file.toString());
  }
}
