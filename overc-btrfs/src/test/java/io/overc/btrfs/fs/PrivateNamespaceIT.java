package io.overc.btrfs.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rest of a machine notices whose mounts are shared, as systemd makes them. */
class PrivateNamespaceIT {
  @Test
  @DisplayName("nothing is seen outside, and what is unmounted outside is not held")
  void sharedMounts(@TempDir Path directory) throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "losetup", "unshare", "strace");
    try (LoopBtrfs disk = new LoopBtrfs(directory)) {
      String unshare = Tools.find("unshare").orElseThrow().toString();
      Path tools = slowly(Files.createDirectory(directory.resolve("tools")), unshare);
      Path point = Files.createDirectory(directory.resolve("point"));
      // The mounts are copies, so those of this machine stay as they are.
      String machine =
          "mount --make-rshared / && cd \"$0\" && mount -t tmpfs outer . && cd \"$0\""
              + " && mkdir inner && mount -t tmpfs inner inner && exec \"$@\"";
      Command child =
          ChildJvm.of(PrivateNamespaceIT.class, disk.device(), point.toString())
              .environment("PATH", tools + ":" + System.getenv("PATH"))
              .wrappedIn(List.of(unshare, "--mount", "sh", "-c", machine, point.toString()))
              .build();
      assertThat(CommandRunner.system().run(child).orThrow("look around").lines())
          .containsExactly("seen outside: false", "seen inside: true", "held: false");
    }
  }

  /** Stands a moment before mounts are made private: as long as it takes on a busy machine. */
  private static Path slowly(Path tools, String unshare) throws IOException {
    Path script = tools.resolve("unshare");
    Files.writeString(
        script,
        "#!/bin/sh\nexec strace -D -f -qq -o /dev/null -e trace=mount"
            + " -e inject=mount:delay_enter=300000 "
            + unshare
            + " \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return tools;
  }

  /** Takes a device, and where a file system is mounted in another one. */
  public static void main(String[] arguments) throws IOException {
    CommandRunner runner = CommandRunner.system();
    Path mounts = Path.of("/proc/self/mountinfo");
    try (PrivateNamespace namespace = PrivateNamespace.open(runner, arguments[0])) {
      System.out.println("seen outside: " + Files.readString(mounts).contains(" /run/overc"));
      runner.run(Command.of("umount", arguments[1] + "/inner").build()).orThrow("unmount");
      String inside = namespace.run(Command.of("cat", mounts.toString())).stdout();
      System.out.println("seen inside: " + inside.contains(" " + namespace.seen("") + " "));
      System.out.println("held: " + inside.contains(arguments[1] + "/inner"));
    }
  }
}
