package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names may hold depends on the locale that a JVM was started with; our files must not. */
class LocaleTest {
  private static final String TURKISH = "-Duser.language=tr -Duser.country=TR";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"C", "tr_TR.UTF-8", "C.UTF-8"})
  @DisplayName("names of all bytes are made, listed, written, read, locked and deleted")
  void names(String locale) {
    assumeTrue(Libc.available());
    CommandResult result =
        CommandRunner.system()
            .run(
                ChildJvm.of(Names.class, directory.toString())
                    .environment("LC_ALL", locale)
                    // A machine may lack the locale; the language is what Java makes of it.
                    .environment("JAVA_TOOL_OPTIONS", locale.startsWith("tr") ? TURKISH : "")
                    .build());
    assertThat(result.stdout()).as(result.stderr()).isEqualTo("256 names");
  }

  /** Runs in the locale. */
  static final class Names {
    public static void main(String... arguments) throws IOException {
      Path directory = RawPath.resolve(Path.of(arguments[0]), new byte[] {(byte) 0xfe, 'd'});
      Files.createDirectory(directory);
      int names = 0;
      for (int value = 0; value < 256; value++) {
        byte[] name = {'n', (byte) value, (byte) 0xff};
        if (value != 0 && value != '/') {
          exercise(RawPath.resolve(directory, name), name);
        }
        names++;
      }
      Files.delete(directory);
      System.out.print(names + " names");
    }

    private static void exercise(Path file, byte[] name) throws IOException {
      DurableFiles.write(file, name);
      try (Stream<Path> listed = Files.list(file.getParent())) {
        check(Arrays.equals(RawPath.bytes(listed.findAny().get().getFileName()), name));
      }
      check(Arrays.equals(BoundedFiles.read(file, 3), name));
      check(RawPath.decode(RawPath.encode(file)).equals(file));
      LockFile lock = LockFile.at(file, "It");
      try (HeldLock held = lock.take("test")) {
        check(lock.isHeld() && !held.waited());
      }
      check(DurableFiles.delete(file));
    }

    private static void check(boolean right) {
      if (!right) {
        throw new AssertionError("not the same bytes");
      }
    }
  }
}
