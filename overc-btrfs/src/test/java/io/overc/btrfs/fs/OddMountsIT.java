package io.overc.btrfs.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.linux.RawPath;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else has mounted something whose name is no UTF-8. */
class OddMountsIT {
  private static final byte[] NAME = {
    'm', (byte) 0xff, ' ', '\\', '\n', (byte) 0x85, (byte) 0xc3, (byte) 0xa4
  };

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"C", "tr_TR.UTF-8", "C.UTF-8"})
  @DisplayName("the table of mounts is read, and the mount is found by its name")
  void read(String locale) throws IOException {
    Real.root();
    Files.createDirectory(RawPath.resolve(directory, NAME));
    // In a namespace of its own: what else runs on this machine does not see it.
    String script = "mount -t tmpfs odd \"$0\"/m* && exec \"$@\"";
    CommandResult result =
        CommandRunner.system()
            .run(
                ChildJvm.of(Main.class, directory.toString())
                    .environment("LC_ALL", locale)
                    .wrappedIn(
                        List.of(
                            "unshare",
                            "--mount",
                            "--propagation",
                            "private",
                            "sh",
                            "-c",
                            script,
                            directory.toString()))
                    .build());
    assertThat(result.stdout()).as(result.stderr()).isEqualTo("found tmpfs");
  }

  /** Runs in the locale. */
  static final class Main {
    public static void main(String... arguments) {
      Path point = RawPath.resolve(Path.of(arguments[0]), NAME);
      Mount mount = MountTable.read().at(point).orElseThrow();
      assertThat(Arrays.equals(RawPath.bytes(mount.point()), RawPath.bytes(point))).isTrue();
      System.out.print("found " + mount.type());
    }
  }
}
