package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchFailureTest {
  private final CommandRunner runner = CommandRunner.system();
  @TempDir private Path directory = Path.of("unset");

  private Path script(String text, String mode) throws IOException {
    Path script = Files.writeString(directory.resolve("script"), text);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(mode));
  }

  private void assertFails(Command command, Class<?> type, String message) {
    assertThatThrownBy(() -> runner.run(command)).isExactlyInstanceOf(type).hasMessage(message);
  }

  @Test
  @DisplayName("a missing tool is named with the package that brings it")
  void missingTool() {
    // A tool that is surely missing, under a name that has a package of its own.
    assertFails(
        Command.of("lxc-no-such-tool", "-n", "a b").build(),
        UnavailableException.class,
        "Could not run lxc-no-such-tool -n 'a b': it is not there; install the package lxc, or add"
            + " the directory of 'lxc-no-such-tool' to the PATH");
  }

  @Test
  @DisplayName("a missing program with a path is named with that path")
  void missingPath() {
    assertFails(
        Command.of("/no/such/tool").build(),
        UnavailableException.class,
        "Could not run /no/such/tool: it is not there; check the path, or install what belongs there");
  }

  @Test
  @DisplayName("a file that may not be executed is told apart from a missing one")
  void notExecutable() throws IOException {
    Path script = script("#!/bin/sh\n", "rw-r--r--");
    assertFails(
        Command.of(script.toString()).build(),
        UnavailableException.class,
        "Could not run %s: it may not be executed; check the permissions of %s"
            .formatted(script, script));
  }

  @Test
  @DisplayName("a script whose interpreter is missing says so")
  void missingInterpreter() throws IOException {
    Path script = script("#!/no/such/interpreter\n", "rwxr-xr-x");
    assertFails(
        Command.of(script.toString()).build(),
        UnavailableException.class,
        "Could not run %s: the interpreter in the first line of %s is not there; install it"
            .formatted(script, script));
  }

  @Test
  @DisplayName("a missing directory is named, not the tool")
  void missingDirectory() {
    assertFails(
        Command.of("true").directory(directory.resolve("gone")).build(),
        OvercException.class,
        "Could not run true: its directory " + directory.resolve("gone") + " is missing");
  }

  @Test
  @DisplayName("an output file that cannot be written is named, not the tool")
  void unwritableOutput() {
    Path file = directory.resolve("gone/out");
    assertFails(
        Command.of("true").outputFile(file).build(),
        OvercException.class,
        "Could not run true: its output cannot be written to "
            + file
            + " (No such file or directory)");
  }

  @Test
  @DisplayName("a command line that is too long says so, without printing all of it twice")
  void tooManyArguments() {
    assertThatThrownBy(() -> runner.run(Command.of("true", "x".repeat(1 << 20)).build()))
        .isExactlyInstanceOf(OvercException.class)
        .hasMessageEndingWith("it has too many arguments for this system");
  }
}
