package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.event.OperationOptions;
import io.overc.overlay.SharingResult;
import io.overc.overlay.WhenRunning;
import io.overc.testkit.GeneratedTree;
import io.overc.testkit.TreeDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shares generated trees, looks at them in a running container, where the kernel and LXC have
 * mounted what the config says, and stops sharing them. The seeds are the numbers from 0 on; each
 * start of a container shows several of them.
 */
@DisplayName("A container with shared directories")
class OverlayPropertyIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final int AT_ONCE = 20;
  private static final List<String> SOURCES = List.of("first", "second", "essential");

  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.onDiskInMemory();
    Files.createDirectories(lab.directory.resolve("essential"));
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @ParameterizedTest(name = "seeds from {0} on")
  @ValueSource(ints = {0, 20, 40, 60, 80, 100, 120, 140, 160, 180})
  @DisplayName("sees what it saw before, shared and not shared any more")
  void viewStays(int firstSeed) throws IOException {
    Path root = lab.plain("web");
    List<Path> sources =
        List.of(lab.plain("first"), lab.plain("second"), lab.directory.resolve("essential"));
    Map<String, TreeDigest> before = new TreeMap<>();
    for (int seed = firstSeed; seed < firstSeed + AT_ONCE; seed++) {
      String name = "t" + seed;
      GeneratedTree.create(
          seed, root.resolve(name), sources.stream().map(s -> s.resolve(name)).toList());
      before.put("/" + name, TreeDigest.of(root.resolve(name)));
    }
    List<String> directories = List.copyOf(before.keySet());

    SharingResult planned = lab.sharing().plan("web", directories, SOURCES, NONE);
    assertSame(before, root, "after a plan");
    SharingResult shared =
        lab.sharing().share("web", directories, SOURCES, WhenRunning.REFUSE, NONE);
    assertThat(shared.directories()).isEqualTo(planned.directories());
    assertThat(shared.filesShared()).isGreaterThan(AT_ONCE * 5);
    lab.driver().start("web", NONE);
    assertSame(before, lab.view("web"), "shared");
    lab.driver().stop("web", NONE);

    lab.sharing().stop("web", directories, WhenRunning.REFUSE, NONE);
    assertSame(before, root, "not shared any more");
    assertThat(lab.sharing().list("web")).isEmpty();
    assertThat(lab.path().resolve("web/config")).content().doesNotContain("overlay");
  }

  private static void assertSame(Map<String, TreeDigest> before, Path root, String when)
      throws IOException {
    for (Map.Entry<String, TreeDigest> entry : before.entrySet()) {
      TreeDigest now = TreeDigest.of(root.resolve(entry.getKey().substring(1)));
      assertThat(entry.getValue().differences(now)).as(entry.getKey() + " " + when).isEmpty();
    }
  }
}
