package io.overc.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("While a directory is exchanged for a link to another tree all the time")
class ExchangedLinkTest {
  private static final int EXCHANGES = 10_000;
  private static final int ROUNDS = 40;
  private static final String SECRET = "secret";

  @TempDir private Path work = Path.of("unset");
  private Path root = Path.of("unset");
  private Path canary = Path.of("unset");

  @BeforeEach
  void makeCanary() throws IOException {
    root = work.resolve("root");
    canary = Files.createDirectory(work.resolve("canary"));
    for (int i = 0; i < 5; i++) {
      Path below = Files.createDirectory(canary.resolve("below" + i));
      Files.writeString(below.resolve("file"), SECRET);
    }
  }

  private void makeTree() throws IOException {
    Path victim = Files.createDirectories(root.resolve("victim"));
    for (int i = 0; i < 5; i++) {
      Path below = Files.createDirectory(victim.resolve("below" + i));
      Files.writeString(below.resolve("file"), "mine");
    }
    Files.createSymbolicLink(root.resolve("link"), canary);
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Works on the tree, again and again, until the directory was exchanged often enough. */
  private void exchanging(Work before, Work work) throws IOException {
    Map<String, String> expected = state();
    long exchanges = 0;
    int failures = 0;
    int rounds = 0;
    while (exchanges < EXCHANGES || rounds < ROUNDS) {
      before.run();
      try (Exchange exchange = new Exchange(root.resolve("victim"), root.resolve("link"))) {
        // What is worked on is what was exchanged at least once.
        while (exchange.exchanges() == 0) {
          Thread.onSpinWait();
        }
        rounds++;
        try {
          work.run();
        } catch (IOException e) {
          failures++;
        }
        exchanges += exchange.exchanges();
      }
      assertThat(state()).as("canary after %d rounds", rounds).isEqualTo(expected);
    }
    assertThat(failures).as("work that failed").isLessThan(rounds);
  }

  /** Returns all that may change of the other tree. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    FileTree.at(canary)
        .walk(
            entry -> {
              Path path = canary.resolve(entry.path());
              Map<String, Object> is = Files.readAttributes(path, "unix:mode,uid,gid,ctime");
              state.put(path.toString(), is.toString());
              return true;
            });
    return state;
  }

  @Test
  @DisplayName("deletion deletes nothing of the other tree")
  void deletion() throws IOException {
    exchanging(this::makeTree, () -> FileTree.at(root).delete());
    FileTree.at(root).delete();
    assertThat(root).doesNotExist();
  }

  @Test
  @DisplayName("a copy has nothing of the other tree")
  void copy() throws IOException {
    makeTree();
    Path copy = work.resolve("copy");
    exchanging(
        () -> {},
        () -> {
          FileTree.at(copy).delete();
          FileTree.at(root).unsynced().copyTo(copy);
          FileTree.at(copy)
              .walk(
                  entry -> {
                    if (entry.type() == TreeEntry.Type.FILE) {
                      assertThat(copy.resolve(entry.path())).hasContent("mine");
                    }
                    return true;
                  });
        });
  }

  @Test
  @DisplayName("a walk sees nothing of the other tree")
  void walk() throws IOException {
    makeTree();
    Files.writeString(canary.resolve("only here"), SECRET);
    exchanging(
        () -> {},
        () ->
            FileTree.at(root)
                .walk(
                    entry -> {
                      assertThat(entry.path().toString()).doesNotContain("only here");
                      return true;
                    }));
  }

  @Test
  @DisplayName("changes of owner and mode change nothing of the other tree")
  void changes() throws IOException {
    makeTree();
    int owner = (int) Files.getAttribute(root, "unix:uid");
    exchanging(
        () -> {},
        () -> {
          FileTree.at(root).changeMode(mode -> mode ^ 0050);
          FileTree.at(root).changeOwner(user -> owner, group -> -1);
        });
  }
}
