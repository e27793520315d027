package io.overc.directory;

import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.spi.SideEffects;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;

/** Builds a {@link DirectorySnapshotStore}. Not thread-safe. */
public final class DirectorySnapshotStoreBuilder {
  final Path subjects;
  final Path root;
  SideEffects effects = SideEffects.direct();
  private Duration timeout = Duration.ofHours(2);
  private boolean javaOnly;

  DirectorySnapshotStoreBuilder(Path subjects, Path root) {
    this.subjects = subjects;
    this.root = root;
  }

  /**
   * Says how long one copy may take.
   *
   * @param limit more than nothing; two hours unless said otherwise
   * @return this
   */
  public DirectorySnapshotStoreBuilder timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  /**
   * Copies with Java alone, even where {@code cp} is there: no process is started, and no blocks
   * are shared.
   *
   * @return this
   */
  public DirectorySnapshotStoreBuilder withoutTools() {
    javaOnly = true;
    return this;
  }

  DirectorySnapshotStoreBuilder effects(SideEffects chosen) {
    effects = chosen;
    return this;
  }

  /**
   * Makes the store.
   *
   * @return the store
   */
  public DirectorySnapshotStore build() {
    return new DirectorySnapshotStore(this);
  }

  TreeCopy copy() {
    boolean tools =
        !javaOnly
            && root.getFileSystem() == FileSystems.getDefault()
            && subjects.getFileSystem() == FileSystems.getDefault()
            && Tools.missing("cp", "sync").isEmpty();
    return tools ? new CpTreeCopy(CommandRunner.system(), timeout) : new PlainTreeCopy();
  }
}
