package io.overc.lxc;

import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the LXC snapshot store keeps the contract")
class LxcSnapshotStoreIT extends SnapshotStoreContract {
  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Override
  protected SnapshotStore store() {
    return lab.store();
  }

  /** The lowest free number is the next, as lxc-snap and lxc-snapshot have it. */
  @Override
  protected boolean idsMayComeBack() {
    return true;
  }

  @Override
  protected void write(String subject, String text) throws IOException {
    if (!Files.exists(lab.path().resolve(subject))) {
      lab.overlay("below", subject);
    }
    lab.write(subject, "text", text);
  }

  @Override
  protected Optional<String> read(String subject) throws IOException {
    return Files.exists(lab.path().resolve(subject))
        ? Optional.of(lab.read(subject, "text"))
        : Optional.empty();
  }
}
