package io.overc.lxc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.internal.file.ForeignText;
import io.overc.internal.file.LosslessText;
import io.overc.lxc.container.LxcPath;
import io.overc.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesTest {
  private static final byte[] LATIN = ForeignText.bytes("Gr\u00fc\u00dfe");

  @TempDir private Path directory;
  private Path snapshot;
  private SnapshotFiles files;

  @BeforeEach
  void create() throws IOException {
    Path snapshots = directory.resolve("csnaps");
    files = new SnapshotFiles(new LxcPath(directory.resolve("c"), snapshots));
    snapshot = Files.createDirectories(snapshots.resolve("web_0"));
    Files.writeString(snapshot.resolve("config"), "lxc.uts.name = web\n");
  }

  @Test
  @DisplayName("labels that cannot be read hide no snapshot")
  void damagedLabels() throws IOException {
    Files.createDirectories(snapshot.resolve("ts"));
    Files.createDirectories(snapshot.resolve("comment"));
    assertThat(files.list("web"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id().text()).isEqualTo("web_0");
              assertThat(one.comment()).isEmpty();
            });
  }

  @Test
  @DisplayName("a comment that is no UTF-8 is written again byte for byte")
  void foreignComment() throws IOException {
    Files.write(snapshot.resolve("comment"), LATIN);
    Snapshot listed = files.list("web").get(0);
    assertThat(listed.comment()).get().asString().startsWith("Gr");
    files.label(snapshot, Optional.of(LosslessText.decode(LATIN)));
    assertThat(Files.readAllBytes(snapshot.resolve("comment"))).isEqualTo(LATIN);
  }
}
