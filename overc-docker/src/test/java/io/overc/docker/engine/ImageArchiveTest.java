package io.overc.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("an archive of an image is loaded without its names")
class ImageArchiveTest {
  private static final String MANIFEST =
      "[{\"Config\":\"c.json\",\"RepoTags\":[\"local/template:1\"],\"Layers\":[\"l/layer.tar\"]}]";

  @TempDir Path directory;

  private Path archive = Path.of("");
  private Path copy = Path.of("");

  @BeforeEach
  void files() throws IOException {
    archive = directory.resolve("archive.tar");
    copy = Files.createFile(directory.resolve("copy.tar"));
  }

  private interface Entries {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private void write(boolean compressed, Entries entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream out = compressed ? new GZIPOutputStream(file) : file;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      entries.write(tar);
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(text.getBytes(UTF_8).length);
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, byte type, String to)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** Returns what an engine sees: the last entry of each name counts. */
  private Map<String, String> copied() throws IOException {
    ImageArchive.copyUnnamed(archive, copy, new Digest());
    Map<String, String> all = new LinkedHashMap<>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(copy))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        all.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("wherever they are, and whole otherwise")
  void names(boolean compressed) throws IOException {
    write(
        compressed,
        tar -> {
          put(tar, "repositories", "{\"local/template\":{\"1\":\"x\"}}");
          put(tar, "c.json", "{}");
          put(tar, "l/layer.tar", "layer");
          link(tar, "m/layer.tar", TarConstants.LF_SYMLINK, "../l/layer.tar");
          put(tar, "./manifest.json", "[]");
          put(tar, "l/../manifest.json", MANIFEST);
          put(
              tar,
              "index.json",
              "{\"manifests\":[{\"digest\":\"d\",\"annotations\":{\"io.containerd.image.name\":\"local/template:1\"}}]}");
        });
    assertThat(copied())
        .containsOnlyKeys("c.json", "l/layer.tar", "m/layer.tar", "manifest.json", "index.json")
        .containsEntry("l/layer.tar", "layer")
        .containsEntry("index.json", "{\"manifests\":[{\"digest\":\"d\"}]}")
        .containsEntry(
            "manifest.json",
            "[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":[\"l/layer.tar\"]}]");
  }

  private void refused(String why, Entries entries) throws IOException {
    write(true, entries);
    assertThatThrownBy(() -> ImageArchive.copyUnnamed(archive, copy, new Digest()))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(archive.toString())
        .hasMessageContaining(why);
  }

  @Test
  @DisplayName("what is left out may be of any length")
  void longNames() throws IOException {
    write(
        false,
        tar -> {
          put(tar, "c.json", "{}");
          put(tar, "repositories", "{" + " ".repeat(1 << 17) + "}");
          put(tar, "l/layer.tar", "layer");
          put(tar, "manifest.json", MANIFEST);
        });
    assertThat(copied()).containsEntry("l/layer.tar", "layer").doesNotContainKey("repositories");
  }

  @Test
  @DisplayName("and refused where it is none, or not of one image")
  void refused() throws IOException {
    refused("no manifest.json", tar -> put(tar, "c.json", "{}"));
    refused("no JSON", tar -> put(tar, "manifest.json", "{"));
    refused("0 images", tar -> put(tar, "manifest.json", "[]"));
    refused("0 images", tar -> put(tar, "manifest.json", "7"));
    refused("describes no image", tar -> put(tar, "manifest.json", "[7]"));
    refused("2 images", tar -> put(tar, "manifest.json", "[{},{}]"));
    refused("configuration", tar -> put(tar, "manifest.json", MANIFEST));
    refused(
        "is no file", tar -> link(tar, "manifest.json", TarConstants.LF_SYMLINK, "/etc/passwd"));
    refused("is no file", tar -> link(tar, "manifest.json", TarConstants.LF_LINK, "c.json"));
    refused("a device", tar -> link(tar, "x", TarConstants.LF_CHR, ""));
    refused("larger", tar -> put(tar, "manifest.json", " ".repeat((1 << 20) + 1)));
    refused(
        "configuration",
        tar -> {
          put(tar, "c.json", " ".repeat((1 << 20) + 1));
          put(tar, "manifest.json", MANIFEST);
        });
    Files.writeString(archive, "no archive");
    assertThatThrownBy(() -> ImageArchive.copyUnnamed(archive, copy, new Digest()))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  @DisplayName("and refused before a name fills the memory, or entries do")
  void bombs() throws IOException {
    refused(
        "bytes of headers",
        tar -> {
          TarArchiveEntry name =
              new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
          name.setSize(64L << 20);
          tar.putArchiveEntry(name);
          byte[] some = "n".repeat(1 << 20).getBytes(UTF_8);
          for (int i = 0; i < 64; i++) {
            tar.write(some);
          }
          tar.closeArchiveEntry();
          put(tar, "short", "");
        });
    refused(
        "too many entries",
        tar -> {
          for (int i = 0; i <= 10_000; i++) {
            put(tar, "e" + i, "");
          }
        });
  }
}
