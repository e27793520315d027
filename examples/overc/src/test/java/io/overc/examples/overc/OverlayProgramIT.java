package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.Program;
import io.overc.examples.console.testkit.RecordedTerminal;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("overc container overlay, on LXC")
class OverlayProgramIT {
  @TempDir Path directory;
  private RecordedTerminal recorded = new RecordedTerminal();

  @BeforeEach
  void containers() throws IOException {
    Real.root();
    Real.tools("lxc-start", "unshare", "mount", "xargs");
    for (String name : new String[] {"web", "base"}) {
      Path root = directory.resolve("c").resolve(name).resolve("rootfs");
      Files.createDirectories(root.resolve("usr/share"));
      Files.createDirectories(root.resolve("opt"));
      Files.writeString(root.resolve("usr/share/same"), "same".repeat(5000));
      Files.writeString(root.resolve("usr/share/own"), name);
      Files.writeString(root.resolve("opt/same"), "same");
      Files.writeString(root.resolveSibling("config"), "lxc.rootfs.path = dir:" + root + "\n");
    }
  }

  @Test
  @DisplayName("plan, share, list, rescan, stop: as a person types them")
  void story() {
    Path same = directory.resolve("c/web/rootfs/usr/share/same");
    assertThat(overlay("web", "--list")).isZero();
    assertThat(recorded.out()).isEmpty();
    assertThat(overlay("/web/", "--dir", "/usr/share,opt/", "--source", "/base/", "--plan"))
        .isZero();
    assertThat(recorded.out())
        .contains("/usr/share: 1 files shared (20 KiB), 1 kept")
        .contains("kept: 1 content")
        .endsWith("web would save 24 KiB: 2 files come from the sources\n");
    assertThat(same).exists();
    assertThat(overlay("web", "--dir", "/usr/share,/opt", "--source", "base")).isZero();
    assertThat(recorded.out()).endsWith("web saves 24 KiB: 2 files come from the sources\n");
    assertThat(same).doesNotExist();
    assertThat(overlay("web", "--list")).isZero();
    assertThat(recorded.out()).isEqualTo("/opt        base  shared\n/usr/share  base  shared\n");
    assertThat(overlay("web", "--list", "--json")).isZero();
    assertThat(recorded.out()).contains("\"state\" : \"shared\"");
    assertThat(overlay("web", "--rescan")).isZero();
    assertThat(recorded.out()).endsWith("The sources of web have what they had\n");
    assertThat(overlay("web", "--stop", "--dir", "/opt", "--plan")).isZero();
    assertThat(recorded.out()).startsWith("web would have 1 files in /opt");
    assertThat(overlay("web", "--stop", "--dir", "/usr/share,/opt")).isZero();
    assertThat(recorded.out()).startsWith("web has 2 files in /usr/share, /opt of its own again");
    assertThat(same).exists();
    assertThat(overlay("--apply-pending")).isZero();
    assertThat(recorded.out()).isEqualTo("Nothing is queued\n");
  }

  @Test
  @DisplayName("a changed source is told, and the exit code says so")
  void changed() throws IOException {
    assertThat(overlay("web", "--dir", "/opt", "--source", "base")).isZero();
    Files.writeString(directory.resolve("c/base/rootfs/opt/same"), "other");
    assertThat(overlay("web", "--stop", "--dir", "/opt")).isEqualTo(3);
    assertThat(recorded.err()).contains("/opt/same changed").contains("rescan");
    assertThat(overlay("web", "--rescan")).isEqualTo(1);
    assertThat(recorded.out()).contains("changed: /opt/same").contains("1 files");
  }

  @Test
  @DisplayName("a mistake of usage is 2, a refusal 3, and what is missing 1")
  void mistakes() {
    assertThat(overlay()).isEqualTo(2);
    assertThat(recorded.err()).contains("--apply-pending");
    assertThat(overlay("web", "--list", "--stop")).isEqualTo(2);
    assertThat(overlay("web", "--dir", "/opt")).isEqualTo(2);
    assertThat(recorded.err()).contains("No source is named");
    assertThat(overlay("web", "--source", "base")).isEqualTo(2);
    assertThat(recorded.err()).contains("No directory is named");
    assertThat(overlay("web", "--dir", "/", "--source", "base")).isEqualTo(2);
    assertThat(overlay("../web", "--list")).isEqualTo(2);
    assertThat(overlay("web", "--dir", "/opt", "--source", "web")).isEqualTo(3);
    assertThat(overlay("nowhere", "--list")).isEqualTo(1);
    assertThat(recorded.err()).contains("There is no container 'nowhere'");
  }

  private int overlay(String... arguments) {
    recorded = new RecordedTerminal();
    String[] all = new String[arguments.length + 3];
    all[0] = "container";
    all[1] = "overlay";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 1] = "--quiet";
    return Program.of(OvercCommand.class)
        .on(
            recorded.terminal(
                OptionalInt.empty(), Map.of("OVERC_LXC_PATH", directory.resolve("c").toString())))
        .withBackends(Backends.real())
        .run(all);
  }
}
