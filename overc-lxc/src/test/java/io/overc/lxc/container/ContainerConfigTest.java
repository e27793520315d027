package io.overc.lxc.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.file.ForeignText;
import io.overc.internal.linux.RawPath;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.MountLines;
import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configs are bytes that others wrote; only the locale of the JVM differs. */
class ContainerConfigTest {
  private static final String OLD = "/c/\u00ff/\u00c3\u00a4";
  private static final String CONFIG =
      """
      # Gr\u00fc\u00dfe, and a carriage return\r
      lxc.uts.name = web\u0085
      lxc.rootfs.path = dir:%1$s/rootfs
      lxc.mount.entry = %1$s/x mnt none bind 0 0
      lxc.mount.entry = overlay srv overlay lowerdir=%1$s/low,upperdir=%1$s/rootfs/srv,workdir=%1$s/sharing/1/work,redirect_dir=off,metacopy=off,index=off 0 0
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"C", "tr_TR.UTF-8", "C.UTF-8"})
  @DisplayName("a config that is rewritten keeps every byte that is not meant")
  void bytes(String locale) {
    CommandResult result =
        CommandRunner.system()
            .run(
                ChildJvm.of(Main.class, directory.toString())
                    .environment("LC_ALL", locale)
                    .build());
    assertThat(result.stdout()).as(result.stderr()).isEqualTo("done");
  }

  /** Runs in the locale. */
  static final class Main {
    public static void main(String... arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      Path file = directory.resolve("config");
      Files.write(file, ForeignText.bytes(CONFIG.formatted(OLD)));
      ContainerConfig config = ContainerConfig.of(directory);
      assertThat(RawPath.bytes(config.root().orElseThrow().directory()))
          .isEqualTo(ForeignText.bytes(OLD + "/rootfs"));
      assertThat(MountLines.shared(config.text())).hasSize(1);

      Disk.write(file, config.text());
      assertThat(Files.readAllBytes(file)).isEqualTo(ForeignText.bytes(CONFIG.formatted(OLD)));
      Path to = ForeignText.path("/d/\u00fe");
      Disk.write(file, config.moved(ForeignText.path(OLD), to).text());
      assertThat(Files.readAllBytes(file))
          .isEqualTo(ForeignText.bytes(CONFIG.formatted("/d/\u00fe")));
      Disk.write(file, config.activated("t", "web", to).text());
      assertThat(ForeignText.latin(Files.readAllBytes(file)))
          .startsWith("# overc.template = t\n# Gr\u00fc\u00dfe, and a carriage return\r\n")
          .endsWith("lxc.rootfs.path = dir:/d/\u00fe\n")
          .doesNotContain("workdir");
      System.out.print("done");
    }
  }
}
