package io.overc.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "a", "/a/b", "\u00ff", "/x\u00e4/\u0080\u00ff", "../\u00fc%20 ?"})
  @DisplayName("bytes become a path and the same bytes again")
  void roundTrip(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    Path path = RawPath.of(bytes);
    assertThat(RawPath.bytes(path)).isEqualTo(bytes);
    assertThat(path.isAbsolute()).isEqualTo(latin.startsWith("/"));
    assertThat(RawPath.decode(RawPath.encode(path))).isEqualTo(path);
    assertThat(RawPath.encode(path)).matches("\\p{ASCII}*");
  }

  @Test
  @DisplayName("a directory has no slash at its end")
  void directory() {
    assertThat(RawPath.bytes(Path.of("/usr"))).asString().isEqualTo("/usr");
    assertThat(RawPath.encode(Path.of("/usr"))).isEqualTo("/usr");
  }

  @Test
  @DisplayName("what is no printable UTF-8 is shown percent-encoded")
  void shown() {
    byte[] odd = {'/', 'a', (byte) 0xff};
    assertThat(RawPath.shown(RawPath.of(odd))).isEqualTo("/a%FF");
    assertThat(RawPath.shown(RawPath.of(new byte[] {'a', '\n'}))).isEqualTo("a%0A");
    byte[] umlaut = "/\u00e4".getBytes(StandardCharsets.UTF_8);
    assertThat(RawPath.shown(RawPath.of(umlaut))).isEqualTo("/\u00e4");
  }

  @Test
  @DisplayName("names in a file system in memory are UTF-8")
  void inMemory() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = memory.getPath("/d\u00fc");
      byte[] name = "\u00e4".getBytes(StandardCharsets.UTF_8);
      assertThat(RawPath.resolve(directory, name)).isEqualTo(directory.resolve("\u00e4"));
      assertThat(RawPath.bytes(directory)).isEqualTo("/d\u00fc".getBytes(StandardCharsets.UTF_8));
      assertThat(RawPath.shown(directory)).isEqualTo("/d\u00fc");
      assertThat(RawPath.encode(directory)).isEqualTo("/d%C3%BC");
    }
  }
}
