package io.overc.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.RefusedException;
import io.overc.exec.Command;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContainerPackagesTest {
  @ParameterizedTest(name = "{0} returned {1} and printed ''{2}''")
  @CsvSource({
    "APT, 0, Inst word [1] (2 lab [all]), true",
    "APT, 0, 0 upgraded, false",
    "DNF, 100, word.noarch 2 lab, true",
    "DNF, 0, '', false",
    "ZYPPER, 0, <update name=\"word\"/>, true",
    "ZYPPER, 102, <update-list/>, false",
    "APK, 0, word-1 < 2, true",
    "APK, 0, Installed: Available:, false",
    "SMART, 0, word, true",
    "SMART, 2, '', false",
  })
  @DisplayName("what is newer is told from the exit code or the output")
  void newer(ContainerPackages manager, int exitCode, String output, boolean newer) {
    assertThat(manager.newer(result(exitCode, output), "web")).isEqualTo(newer);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a check that fails is not nothing newer")
  void failedCheck(ContainerPackages manager) {
    assertThatThrownBy(() -> manager.newer(result(1, "Inst word"), "web"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("look for newer packages in web");
  }

  @Test
  @DisplayName("done or failed by the rules of each: scripts in dnf, hints of zypper")
  void require() {
    assertThat(ContainerPackages.ZYPPER.require(result(103, ""), "upgrade").exitCode())
        .isEqualTo(103);
    CommandResult script = result(0, "warning: %post(word-2) scriptlet failed, exit status 7");
    assertThatThrownBy(() -> ContainerPackages.DNF.require(script, "upgrade"))
        .isInstanceOf(CommandFailedException.class);
    assertThat(ContainerPackages.APT.require(script, "upgrade")).isSameAs(script);
  }

  @Test
  @DisplayName("chosen by its id, else the first that is there; none is refused with the cure")
  void choice() {
    assertThat(ContainerPackages.of(Optional.of("apk"), "web", one -> false))
        .isEqualTo(ContainerPackages.APK);
    assertThat(ContainerPackages.of(Optional.empty(), "web", one -> one.program().equals("dnf")))
        .isEqualTo(ContainerPackages.DNF);
    assertThatThrownBy(() -> ContainerPackages.of(Optional.of("yum"), "web", one -> true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("web", "'yum'", "template.NAME.package-manager", "apt, dnf");
    assertThatThrownBy(() -> ContainerPackages.of(Optional.empty(), "web", one -> false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no package manager was found");
  }

  private static CommandResult result(int exitCode, String output) {
    return new CommandResult(Command.of("manager").build(), exitCode, output, "", Duration.ZERO);
  }
}
