package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.Program;
import io.overc.examples.console.testkit.RecordedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("overc container, with a site script")
class ContainerCommandTest {
  @TempDir Path scripts;
  private RecordedTerminal recorded = new RecordedTerminal();

  @BeforeEach
  void script() throws IOException {
    script("site", "echo \"called with:$*\"; echo complaint >&2; exit ${OVERC_TEST_CODE:-0}");
  }

  @ParameterizedTest
  @CsvSource({
    "list_containers site, -L",
    "list_snapshots web site, -B -n web",
    "rollback web site, -R -n web",
    "rollback web site before, -R -n web -b before",
    "update site, -U",
    "upgrade web site -r, -r -n web",
    "upgrade -r web site, -r -n web",
    "snapshot web site, -p -n web",
    "send_image http://host/image site, -s -u http://host/image",
    "start web site, -S -n web",
    "stop web site, -K -n web",
    "activate web site, -a -n web",
    "activate -f web site, -a -n web -f",
    "delete web site, -d -n web",
    "delete -f web site, -d -n web -f",
    "delete_snapshots web site, -D -n web",
    "status web site, -A -n web"
  })
  @DisplayName("each verb is spelled as it always was, and the script's output comes as it is")
  void spelling(String line, String arguments) {
    assertThat(run(line.split(" ", -1))).isZero();
    assertThat(recorded.out()).isEqualTo("called with:" + arguments + "\n");
    assertThat(recorded.err()).isEqualTo("complaint\n");
  }

  @Test
  @DisplayName("an upgrade from the image updates, then activates with force")
  void upgradeFromTheImage() {
    assertThat(run("upgrade", "web", "site")).isZero();
    assertThat(recorded.out()).isEqualTo("called with:-U\ncalled with:-a -n web -f\n");
  }

  @Test
  @DisplayName("the script's exit code is the exit code, and ends an upgrade at its first call")
  void exitCode() throws IOException {
    script("site", "echo \"$1\"; exit 42");
    assertThat(run("start", "web", "site")).isEqualTo(42);
    assertThat(run("upgrade", "web", "site")).isEqualTo(42);
    assertThat(recorded.out()).isEqualTo("-U\n");
    script("site", "exit 3");
    assertThat(run("status", "web", "site")).isEqualTo(3);
  }

  @Test
  @DisplayName("--json prints one document, of one call or of two")
  void json() {
    assertThat(run("start", "web", "site", "--json")).isZero();
    assertThat(recorded.out())
        .startsWith("{")
        .contains("\"exitCode\" : 0")
        .contains("called with:-S -n web")
        .contains("complaint");
    assertThat(run("upgrade", "web", "site", "--json")).isZero();
    assertThat(recorded.out()).startsWith("[").contains("-U").contains("-a -n web -f");
    assertThat(run("list_containers", "site", "--json")).isZero();
    assertThat(recorded.out()).contains("\"name\" : \"called\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a;b", "a/b", "_x"})
  @DisplayName("what is no name of a container is a mistake of usage, and the script is not called")
  void badNames(String name) {
    assertThat(run("start", name, "site")).isEqualTo(2);
    assertThat(recorded.out()).isEmpty();
    assertThat(recorded.err()).contains("Invalid container name");
  }

  @Test
  @DisplayName("an unknown template, or a script that may not run, is named with the fix")
  void templates() throws IOException {
    assertThat(run("start", "web", "nothere")).isEqualTo(1);
    assertThat(recorded.err()).contains("template.nothere.backend").contains("script.dir");
    assertThat(run("start", "web", "../site")).isEqualTo(2);
    Files.writeString(scripts.resolve("plain"), "#!/bin/sh\n");
    assertThat(run("start", "web", "plain")).isEqualTo(1);
    assertThat(recorded.err()).contains("chmod +x");
  }

  private int run(String... arguments) {
    recorded = new RecordedTerminal();
    String[] all = new String[arguments.length + 2];
    all[0] = "container";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 1] = "--quiet";
    return Program.of(OvercCommand.class)
        .on(recorded.terminal(OptionalInt.empty(), Map.of("OVERC_SCRIPT_DIR", scripts.toString())))
        .withBackends(Backends.real())
        .run(all);
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(scripts.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
