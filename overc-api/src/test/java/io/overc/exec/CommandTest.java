package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  @DisplayName("shows one line that a shell would read back")
  void showsOneLine() {
    assertThat(
            Command.of("/usr/bin/a", "-x=1", "a b", "", "it's", "two\nlines\\", "\u001b[1m")
                .build())
        .hasToString("/usr/bin/a -x=1 'a b' '' 'it'\\''s' $'two\\nlines\\\\' $'\\x1b[1m'");
  }

  @Test
  @DisplayName("a command does not change when its builder goes on")
  void isImmutable() {
    CommandBuilder builder = Command.of("a").environment("A", "1").secret("s");
    Command command = builder.build();
    builder.arguments("b").environment("B", "2").secret("t").input("x").bareEnvironment();
    assertThat(command.arguments()).containsExactly("a");
    assertThat(command.environment()).containsOnlyKeys("A");
    assertThat(command.secrets()).containsExactly("s");
    assertThat(command.input()).isEmpty();
    assertThat(command.bareEnvironment()).isFalse();
  }

  @Test
  @DisplayName("toBuilder keeps everything")
  void toBuilderKeepsEverything() {
    Command command =
        Command.of(List.of("/bin/a", "b"))
            .argument(Path.of("/c d"))
            .wrappedIn(List.of("chroot", "/r"))
            .secretEnvironment("S", "secret")
            .bareEnvironment()
            .directory(Path.of("/tmp"))
            .timeout(Duration.ofSeconds(7))
            .input("in")
            .outputFile(Path.of("/out"))
            .outputLimit(99)
            .build();
    Command copy = command.toBuilder().build();
    assertThat(copy.arguments()).containsExactly("chroot", "/r", "/bin/a", "b", "/c d");
    assertThat(copy.tool()).isEqualTo("chroot");
    assertThat(copy).usingRecursiveComparison().isEqualTo(command);
  }

  @Test
  @DisplayName("refuses what cannot be run")
  void refusesNonsense() {
    assertRefused(Command.of(List.of()), "Invalid command: it names no program");
    assertRefused(Command.of(""), "Invalid command: it names no program");
    assertRefused(Command.of("a", "b\0"), "Invalid argument of a: it holds a NUL");
    assertRefused(
        Command.of("a").environment("A=B", "x"),
        "Invalid name of an environment variable 'A=B': expected no '=' and no NUL");
    assertRefused(
        Command.of("a").environment("A", "x\0"),
        "Invalid value of the environment variable A: it holds a NUL");
    assertRefused(
        Command.of("a").timeout(Duration.ZERO),
        "Invalid timeout or output limit of a: expected positive ones");
    assertRefused(
        Command.of("a").outputLimit(0),
        "Invalid timeout or output limit of a: expected positive ones");
  }

  private static void assertRefused(CommandBuilder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(message);
  }

  @Test
  @DisplayName("a failure says what was attempted, how, and the end of what the tool said")
  void failureSaysEverything() {
    Command command = Command.of("btrfs", "subvolume", "delete", "/mnt/a b").build();
    CommandResult silent = new CommandResult(command, 1, "", " \n", Duration.ZERO);
    assertThatThrownBy(() -> silent.orThrow("delete a b"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "Could not delete a b: btrfs subvolume delete '/mnt/a b' returned 1 and printed nothing");
    String long_ = "x".repeat(3000) + "the end";
    assertThatThrownBy(
            () -> new CommandResult(command, 1, "out", long_, Duration.ZERO).orThrow("delete a b"))
        .hasMessageContaining("returned 1: … x")
        .hasMessageEndingWith("xthe end");
    assertThatThrownBy(
            () -> new CommandResult(command, 1, "only out", "", Duration.ZERO).orThrow("delete"))
        .hasMessageEndingWith("returned 1: only out");
  }
}
