package io.overc.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("values of variables are no arguments")
class VariablesTest {
  @Test
  @DisplayName("in any spelling, and in their order; other options stay")
  void spellings() {
    Variables variables =
        Variables.of(
            List.of(
                "--env",
                "A=1",
                "--env=B= 2 ",
                "-e",
                "C=3=3",
                "-eD=4",
                "-e=E=",
                "-ite",
                "F=6",
                "-tiG=no",
                "--env",
                "NAME",
                "--env-file",
                "x",
                "--entrypoint",
                "e",
                "--expose=1",
                "--env=A=7",
                "-i"));
    assertThat(variables.lines())
        .containsExactly("A=1", "B= 2 ", "C=3=3", "D=4", "E=", "F=6", "A=7");
    assertThat(variables.options())
        .containsExactly(
            "-it",
            "-tiG=no",
            "--env=NAME",
            "--env-file",
            "x",
            "--entrypoint",
            "e",
            "--expose=1",
            "-i");
  }

  @Test
  @DisplayName(
      "also where they have several lines, but for those that the command itself would take")
  void lines() {
    Variables variables = Variables.of(List.of("--env", "A=se\ncret=", "--env=B=x"));
    assertThat(variables.texts()).containsExactly(Map.entry("A", "se\ncret="));
    assertThat(variables.lines()).containsExactly("B=x");
    assertThatThrownBy(() -> Variables.of(List.of("--env", "DOCKER_HOST=se\ncret")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("variable DOCKER_HOST")
        .hasMessageNotContaining("cret");
  }
}
