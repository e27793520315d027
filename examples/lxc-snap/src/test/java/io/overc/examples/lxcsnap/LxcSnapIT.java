package io.overc.examples.lxcsnap;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.Program;
import io.overc.examples.console.testkit.RecordedTerminal;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("lxc-snap")
class LxcSnapIT {
  @TempDir Path directory;
  private RecordedTerminal terminal = new RecordedTerminal();

  @BeforeEach
  void containers() throws IOException {
    Real.root();
    Real.tools("lxc-copy", "rsync", "unshare", "nsenter", "tar");
    Path base = Files.createDirectories(path().resolve("base"));
    Files.createDirectories(base.resolve("rootfs/etc"));
    Files.writeString(base.resolve("rootfs/etc/base"), "base");
    Files.writeString(
        base.resolve("config"), "lxc.rootfs.path = dir:" + base.resolve("rootfs") + "\n");
    lxcCopy("mysql");
    Files.writeString(delta("mysql").resolve("table"), "one");
  }

  @Test
  @DisplayName("the story of its README: snapshot, comment, list, restore, destroy and restore")
  void story() throws IOException {
    Path comment = Files.writeString(directory.resolve("comment"), "Initial definition\n");
    assertThat(run("mysql")).isZero();
    assertThat(run("-c", comment.toString(), "mysql")).isZero();
    assertThat(terminal.out()).isEqualTo("mysql_1 is a snapshot of mysql\n");
    assertThat(run("-l")).isZero();
    assertThat(terminal.out()).isEqualTo("mysql\n");
    assertThat(run("-l", "mysql")).isZero();
    assertThat(terminal.out())
        .matches("mysql_0  [0-9: ]{19}\nmysql_1  [0-9: ]{19}  Initial definition\n");
    Files.writeString(delta("mysql").resolve("table"), "two");
    assertThat(run("-r", "mysql_1", "mysql_tmp")).isZero();
    assertThat(delta("mysql_tmp").resolve("table")).hasContent("one");
    system("lxc-destroy", "-P", path().toString(), "-n", "mysql");
    assertThat(run("-r", "mysql_0", "mysql")).isZero();
    assertThat(delta("mysql").resolve("table")).hasContent("one");
    assertThat(run("-e", "mysql_1", directory.resolve("ship.tar.gz").toString())).isZero();
    assertThat(system("tar", "-tzf", directory.resolve("ship.tar.gz").toString()))
        .contains("mysql_1/rootfs/etc/base")
        .contains("mysql_1/rootfs/table");
    assertThat(run("-d", "mysql_0")).isZero();
    assertThat(run("-l", "mysql", "--json")).isZero();
    assertThat(terminal.out())
        .contains("\"id\" : \"mysql_1\"")
        .contains("\"comment\" : \"Initial definition\\n\"")
        .doesNotContain("mysql_0");
  }

  @Test
  @DisplayName("what cannot be done is said, with the exit code of its kind, and changes nothing")
  void failures() throws IOException {
    assertThat(run("-c", "/no/such/comment", "mysql")).isEqualTo(1);
    assertThat(terminal.err()).contains("/no/such/comment").contains("no snapshot was made");
    Path latin = Files.write(directory.resolve("latin"), new byte[] {'d', (byte) 0xe9, '\n'});
    assertThat(run("-c", latin.toString(), "mysql")).isEqualTo(1);
    assertThat(terminal.err()).contains("UTF-8").contains("no snapshot was made");
    assertThat(run("-P", "/no/such/lxc", "-l")).isEqualTo(1);
    assertThat(terminal.err()).contains("/no/such/lxc");
    assertThat(run("base")).isEqualTo(3);
    assertThat(terminal.err()).contains("plain directory");
    assertThat(run("nothere")).isEqualTo(1);
    assertThat(run("../x")).isEqualTo(2);
    assertThat(run("-r", "mysql_7", "new")).isEqualTo(1);
    assertThat(run("-r", "mysql_7")).isEqualTo(2);
    assertThat(run("-l", "-d", "mysql_7")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("-l")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(run("-h")).isZero();
    assertThat(terminal.out()).contains("lxc-snap -r NAME_N NEWNAME");
  }

  private int run(String... arguments) {
    terminal = new RecordedTerminal();
    List<String> all = new ArrayList<>(List.of("--quiet"));
    if (!List.of(arguments).contains("-P")) {
      all.addAll(List.of("-P", path().toString()));
    }
    all.addAll(List.of(arguments));
    return Program.of(LxcSnapCommand.class).on(terminal.piped()).run(all.toArray(String[]::new));
  }

  private Path path() {
    return directory.resolve("lxc");
  }

  private Path delta(String name) {
    return path().resolve(name).resolve("overlay/delta");
  }

  private void lxcCopy(String name) {
    system("lxc-copy", "-P", path().toString(), "-n", "base", "-N", name, "-B", "overlayfs", "-s");
  }

  private static String system(String... arguments) {
    return CommandRunner.system()
        .run(Command.of(List.of(arguments)).build())
        .orThrow("run " + arguments[0])
        .stdout();
  }
}
