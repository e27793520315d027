package io.overc.directory;

import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs the kit on directories below a base that a subclass chooses. */
abstract class DirectoryContract extends SnapshotStoreContract {
  abstract Path base();

  abstract SnapshotStore open(DirectorySnapshotStoreBuilder builder);

  final Path subject(String name) {
    return base().resolve("subjects").resolve(name);
  }

  @Override
  protected SnapshotStore store() {
    return open(
        DirectorySnapshotStore.builder(base().resolve("subjects"), base().resolve("snapshots")));
  }

  @Override
  protected final void write(String subject, String text) throws IOException {
    Files.createDirectories(subject(subject));
    Files.writeString(subject(subject).resolve("says"), text);
  }

  @Override
  protected final Optional<String> read(String subject) throws IOException {
    Path file = subject(subject).resolve("says");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }
}
