package io.overc.directory;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The kit on a file system in memory and on the real one, with cp and without. */
class DirectorySnapshotStoreTest {
  @Nested
  @DisplayName("in memory")
  class InMemory extends DirectoryContract {
    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private final Map<String, SnapshotStore> stores = new HashMap<>();

    @AfterEach
    void close() throws IOException {
      memory.close();
    }

    @Override
    Path base() {
      return memory.getPath("/base");
    }

    /** The same store each time: locks of files mean nothing in memory. */
    @Override
    synchronized SnapshotStore open(DirectorySnapshotStoreBuilder builder) {
      return stores.computeIfAbsent("one", one -> builder.build());
    }
  }

  @Nested
  @DisplayName("on the real file system with cp")
  class WithCp extends DirectoryContract {
    @TempDir private Path directory = Path.of("unset");

    @Override
    Path base() {
      return directory;
    }

    @Override
    SnapshotStore open(DirectorySnapshotStoreBuilder builder) {
      return builder.build();
    }
  }

  @Nested
  @DisplayName("on the real file system with Java alone")
  class JavaAlone extends DirectoryContract {
    @TempDir private Path directory = Path.of("unset");

    @Override
    Path base() {
      return directory;
    }

    @Override
    SnapshotStore open(DirectorySnapshotStoreBuilder builder) {
      return builder.withoutTools().build();
    }
  }
}
