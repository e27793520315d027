package io.overc.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleLockTest {
  /** A name that no other process on this machine may have open. */
  private static final Path LOCK = Path.of("var", UUID.randomUUID().toString(), "db.lck");

  @TempDir Path root;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void lock() throws IOException {
    create(root);
  }

  private static Path create(Path in) throws IOException {
    Path lock = in.resolve(LOCK);
    Files.createDirectories(lock.getParent());
    return Files.createFile(lock);
  }

  @Test
  @DisplayName("a lock that a killed run left in a root is removed, which is said")
  void stale() {
    StaleLock.remove(root, LOCK, said::add);
    assertThat(root.resolve(LOCK)).doesNotExist();
    assertThat(said).containsExactly("removed /" + LOCK + ", which a killed run had left behind");
    StaleLock.remove(root, LOCK, said::add);
    assertThat(said).hasSize(1);
  }

  @Test
  @DisplayName("a lock that a process has open stays, also in the copy that a snapshot made")
  void held() throws IOException {
    try (InputStream held = Files.newInputStream(create(root.resolve("running")))) {
      StaleLock.remove(root, LOCK, said::add);
      assertThat(held).isNotNull();
      assertThat(root.resolve(LOCK)).exists();
    }
    StaleLock.remove(root, LOCK, said::add);
    assertThat(root.resolve(LOCK)).doesNotExist();
  }

  @Test
  @DisplayName("a link out of the root is not followed")
  void link() throws IOException {
    Path other = Files.createDirectories(root.resolve("other"));
    Files.createSymbolicLink(other.resolve("var"), root.resolve("var"));
    StaleLock.remove(other, LOCK, said::add);
    assertThat(root.resolve(LOCK)).exists();
    assertThat(said).isEmpty();
  }
}
