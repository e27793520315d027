package io.overc.internal.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.error.RefusedException;
import io.overc.exec.CommandRunner;
import io.overc.internal.linux.Libc;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.LockChild;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of systems whose C library cannot be called, as POSIX locks have it. */
class ChannelGripTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("lock");
  }

  private static Optional<Grip> take(Path file) throws IOException {
    return ChannelGrip.take(file, "key of " + file, "holder", LockPlace.CHOSEN);
  }

  private String another() {
    return CommandRunner.system().run(ChildJvm.of(Main.class, file.toString()).build()).stdout();
  }

  /** Another process. */
  static final class Main {
    public static void main(String... arguments) throws IOException {
      System.out.print(take(Path.of(arguments[0])).isPresent());
    }
  }

  @Test
  @DisplayName("after a second thread and a second class loader were refused, it is still held")
  void refusedThenProcess() throws Exception {
    Grip held = take(file).orElseThrow();
    held.tell("somebody".getBytes(UTF_8));
    assertThat(take(file)).isEmpty();
    assertThat(ChannelGrip.holder(file, "key of " + file)).isEqualTo("holder");
    URL[] classes = {
      ChannelGrip.class.getProtectionDomain().getCodeSource().getLocation(),
      ChannelGripTest.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader = new URLClassLoader(classes, null)) {
      Class<?> other = loader.loadClass(Main.class.getName());
      assertThat(other).isNotEqualTo(Main.class);
      var main = other.getMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[] {file.toString()});
    }
    assertThat(another()).isEqualTo("false");
    held.release();
    assertThat(another()).isEqualTo("true");
    assertThat(ChannelGrip.holder(file, "key of " + file)).isEqualTo("somebody");
    take(file).orElseThrow().release();
  }

  @Test
  @DisplayName("processes that can and cannot call the C library exclude each other")
  void bothKinds() throws IOException {
    assumeTrue(Libc.available());
    try (HeldLock held = LockFile.at(file, "The thing").take("copy")) {
      assertThat(another()).isEqualTo("false");
      assertThat(held.waited()).isFalse();
    }
    assertThat(another()).isEqualTo("true");
    Grip held = take(file).orElseThrow();
    assertThat(LockChild.ask(file)).startsWith("The thing is locked");
    held.release();
    assertThat(LockChild.ask(file)).isEqualTo("held");
  }

  @Test
  @DisplayName("what is no file is refused, and can be locked once it is gone")
  void noFile() throws IOException {
    Files.createSymbolicLink(file, directory.resolve("nowhere"));
    assertThatThrownBy(() -> take(file)).isInstanceOf(RefusedException.class);
    Files.delete(file);
    take(file).orElseThrow().release();
  }
}
