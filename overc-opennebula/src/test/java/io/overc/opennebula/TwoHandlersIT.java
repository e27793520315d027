package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoHandlersIT {
  private static final int SIZE = 16 << 20;

  @TempDir private Path directory;

  @Test
  @DisplayName("a handler that starts while another process converts the image registers no half")
  void whileConverted() throws Exception {
    Real.tools("qemu-img");
    List<Long> registered = new CopyOnWriteArrayList<>();
    try (Site site = new Site(directory.resolve("site"))) {
      site.set("opennebula.target-format", "raw").set("opennebula.convert", "qcow2");
      site.frontEnd().onAllocate(path -> registered.add(size(path)));
      ImageEvent event = site.event(Site.ID, image(site.cache().resolve(Site.ID)));

      Map<String, String> slow = Map.of("PATH", slowConversion() + ":" + System.getenv("PATH"));
      Process first = HandlerProcess.start(site, event, directory.resolve("first"), slow);
      await(first, () -> conversions() == 1);
      Process second = HandlerProcess.start(site, event, directory.resolve("second"), slow);
      await(second, () -> conversions() == 2 || wantsLock(second));
      assertThat(conversions()).isEqualTo(1);
      Files.createFile(directory.resolve("go"));

      assertThat(first.waitFor()).isZero();
      assertThat(second.waitFor()).isZero();
      assertThat(directory.resolve("second/output")).content().contains("Unchanged");
      assertThat(registered).containsExactly((long) SIZE);
      site.current();
      site.assertNothingStaged();
    }
  }

  private Path image(Path to) throws IOException {
    byte[] content = new byte[SIZE];
    new Random(3).nextBytes(content);
    Path raw = Files.write(directory.resolve("raw"), content);
    CommandRunner.system()
        .run(
            Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), to.toString()).build())
        .orThrow("make an image");
    return to;
  }

  /** Makes a qemu-img that begins a conversion, and ends it when there is a file "go". */
  private Path slowConversion() throws IOException {
    Path script = Files.createDirectory(directory.resolve("bin")).resolve("qemu-img");
    Files.writeString(
        script,
        """
        #!/bin/sh
        PATH=${PATH#*:}
        case $1 in convert)
          mktemp "%1$s/conversion.XXXXXX" >/dev/null
          until [ -e "%1$s/go" ]; do sleep 0.05; done
        esac
        exec qemu-img "$@"
        """
            .formatted(directory));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script.resolveSibling("");
  }

  private int conversions() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.filter(file -> file.toString().contains("conversion.")).count();
    }
  }

  private static boolean wantsLock(Process handler) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + handler.pid() + "/fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).startsWith("/run/overc/lock")) {
          return true;
        }
      }
      return false;
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process handler, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertThat(handler.waitFor(20, TimeUnit.MILLISECONDS)).as("it ended").isFalse();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
