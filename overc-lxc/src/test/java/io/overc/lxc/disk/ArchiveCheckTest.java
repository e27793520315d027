package io.overc.lxc.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.VerificationException;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are small, but not what they make a reader keep in mind. */
class ArchiveCheckTest {
  private static final int BLOCK = 512;
  private static final long SIZE = 100L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(chars = {'L', 'x'})
  @DisplayName("headers of 100 MB are refused in 64 MB of memory")
  void hugeHeaders(char type) throws IOException {
    Path bomb = directory.resolve("bomb.tar.gz");
    byte[] block = "a".repeat(1 << 20).getBytes(US_ASCII);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write(header(type, SIZE));
      for (int i = 0; i < SIZE >> 20; i++) {
        // What pax headers begin with is harmless in a name.
        byte[] begin = (i == 0 ? SIZE + " path=" : "").getBytes(US_ASCII);
        out.write(begin);
        out.write(block, begin.length, block.length - begin.length);
      }
    }
    assertThat(Files.size(bomb)).isLessThan(1 << 20);
    assertThat(checked(bomb)).contains("bytes of headers");
  }

  @Test
  @DisplayName("a name that is no path is refused, one of 4,000 bytes is not")
  void longNames() throws IOException {
    assertThat(checked(archive("d/".repeat(2000) + "x"))).isEqualTo("[d]");
    assertThat(checked(archive("d/".repeat(3000) + "x"))).contains("longer than any path");
  }

  private Path archive(String name) throws IOException {
    Path file = directory.resolve("names.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      tar.putArchiveEntry(new TarArchiveEntry(name));
      tar.closeArchiveEntry();
    }
    return file;
  }

  private static byte[] header(char type, long size) {
    byte[] block = new byte[BLOCK];
    put(block, 0, "././@LongLink");
    put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(block, 124, "%011o\0".formatted(size) + "00000000000\0" + "        " + type);
    put(block, 257, "ustar  \0");
    int sum = 0;
    for (byte each : block) {
      sum += each;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    System.arraycopy(text.getBytes(US_ASCII), 0, block, at, text.length());
  }

  private static String checked(Path archive) {
    CommandResult result =
        CommandRunner.system()
            .run(ChildJvm.withHeap(64, ArchiveCheckTest.class, archive.toString()).build());
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    return result.stdout();
  }

  /** The child, which has little memory. */
  public static void main(String[] arguments) {
    try {
      System.out.print(ArchiveCheck.run(Path.of(arguments[0]), 20L << 30));
    } catch (VerificationException e) {
      System.out.print(e.getMessage());
    }
  }
}
