package io.overc.lxc.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.internal.file.ForeignText;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningContainersTest {
  private static final String HEAD = "Num       RefCount Protocol Flags    Type St Inode Path\n";
  private static final String LINE = "0000000000000000: 00000002 00000000 00010000 0001 01 4711 ";

  @TempDir Path directory;
  private OptionalInt listener = OptionalInt.of(0);

  private RunningContainers running(Path lxcpath, String... names) throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    for (String name : names) {
      table.append(LINE).append(name).append('\n');
    }
    Path sockets = directory.resolve("unix");
    Files.write(sockets, ForeignText.bytes(table.toString()));
    return new RunningContainers(sockets, lxcpath, socket -> listener);
  }

  @Test
  @DisplayName("a socket of any bytes, which any user may make, hides no container")
  void foreignBytes() throws IOException {
    Path lxcpath = Path.of("/var/lib/no-such-lxc");
    assertThat(
            running(
                    lxcpath,
                    "@\u00ff",
                    "@\u0085\u00c3(/command",
                    "@/var/lib/no-such-lxc/web/command",
                    "@/var/lib/no-such-lxc/a/b/command",
                    "/run/no-such.sock")
                .names())
        .containsExactly("web");
  }

  @Test
  @DisplayName("a socket of somebody else, or one that does not listen, is no container")
  void notTrusted() throws IOException {
    Path lxcpath = Path.of("/var/lib/no-such-lxc");
    String name = "@/var/lib/no-such-lxc/web/command";
    assertThat(running(lxcpath, name).runs("web")).isTrue();
    assertThat(running(lxcpath, name).runs("we")).isFalse();
    running(lxcpath, name).requireFree("web");
    listener = OptionalInt.empty();
    assertThat(running(lxcpath, name).runs("web")).isFalse();
    running(lxcpath, name).requireFree("web");
    listener = OptionalInt.of(65534);
    assertThat(running(lxcpath, name).names()).isEmpty();
    assertThatThrownBy(() -> running(lxcpath, name).requireFree("web"))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("user 65534 has the socket " + name);
    running(lxcpath, name).requireFree("other");
    listener = OptionalInt.of(0);
    Files.writeString(
        directory.resolve("unix"),
        HEAD + LINE.replace("00010000", "00000000") + name + "\n" + name + "\n");
    assertThat(
            new RunningContainers(directory.resolve("unix"), lxcpath, socket -> listener).names())
        .isEmpty();
  }

  @Test
  @DisplayName("containers of a directory whose name is no UTF-8 are seen")
  void oddDirectory() throws IOException {
    Path lxcpath = RawPath.resolve(directory, new byte[] {'l', (byte) 0xff, (byte) 0x80});
    String prefix = "@" + ForeignText.latin(lxcpath);
    assertThat(running(lxcpath, prefix + "/web/command").names()).containsExactly("web");
  }
}
