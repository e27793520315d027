package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.BusyException;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.LockDirectory;
import io.overc.internal.lock.LockFile;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.opennebula.frontend.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that gets SIGTERM while it handles an event leaves nothing running, and the event kept. */
class TerminationTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void setUp() {
    site = new Site(directory).set("opennebula.spool", directory.resolve("spool").toString());
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  private void terminate(Process child) throws Exception {
    child.destroy();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Path output = directory.resolve("child/output");
    assertThat(child.exitValue()).as(Files.readString(output)).isEqualTo(TERMINATED);
    assertThat(Files.readString(output)).contains("Interrupted while", "the event is kept in");
  }

  /** The image and its file are locked until the event is handled, whatever was read meanwhile. */
  private void assertHeldBy(Process child, ImageEvent event) throws IOException {
    String file = RawPath.encode(event.file().toRealPath());
    for (LockFile lock :
        List.of(
            LockDirectory.standard().lock("image", "the file", file),
            LockDirectory.at(directory.resolve("spool")).lock("lock", "the image", ID))) {
      assertThatThrownBy(() -> lock.take("try"))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining("pid " + child.pid());
    }
  }

  private void assertReplayed() {
    assertThat(site.handler().replay(OperationOptions.defaults()))
        .singleElement()
        .matches(result -> result.outcome().isPresent());
    assertThat(site.current().state()).isEqualTo("READY");
    site.assertNothingStaged();
  }

  @Test
  @DisplayName("while a call of the cloud is not answered")
  void call() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    ImageEvent event = site.available(ID, "one");
    site.frontEnd().fail(Fault.TIMEOUT, 2);
    site.frontEnd().onFault(hanging::countDown);
    Process child = HandlerProcess.start(site, event, directory.resolve("child"), Map.of());
    try {
      assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
      assertHeldBy(child, event);
      terminate(child);
    } finally {
      child.destroyForcibly();
    }
    site.frontEnd().forget();
    assertReplayed();
  }

  @Test
  @DisplayName("while qemu-img converts: it is ended, and what it wrote is removed")
  void conversion() throws Exception {
    Path pid = directory.resolve("pid");
    Path tools = Files.createDirectory(directory.resolve("tools"));
    Path tool =
        Files.writeString(
            tools.resolve("qemu-img"),
            """
            #!/bin/sh
            case $1 in
            info) echo '{"virtual-size": 1048576}' ;;
            convert) echo $$ > %s.new; mv %s.new %s; while :; do sleep 600; done ;;
            esac
            """
                .formatted(pid, pid, pid));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    byte[] image = new byte[1024];
    System.arraycopy("QFI\u00fb\0\0\0\2".getBytes(ISO_8859_1), 0, image, 0, 8);
    image[23] = 16; // clusters of 64 KiB
    ImageEvent event = site.available(ID, image);
    site.set("opennebula.convert", "qcow2");
    Map<String, String> path = Map.of("PATH", tools + ":" + System.getenv("PATH"));
    Process child = HandlerProcess.start(site, event, directory.resolve("child"), path);
    try {
      Deadline end = Deadline.in(Duration.ofSeconds(60));
      Poll.until(
          () -> Files.exists(pid) || !child.isAlive(), Duration.ofMillis(20), end, "qemu-img");
      assertThat(pid).exists();
      terminate(child);
      long qemuImg = Long.parseLong(Files.readString(pid).strip());
      assertThat(ProcessHandle.of(qemuImg).filter(ProcessHandle::isAlive)).isEmpty();
      site.assertNothingStaged();
    } finally {
      child.destroyForcibly();
    }
    site.set("opennebula.convert", "");
    assertReplayed();
  }
}
