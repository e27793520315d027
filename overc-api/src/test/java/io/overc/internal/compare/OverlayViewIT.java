package io.overc.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.testkit.GeneratedTree;
import io.overc.testkit.Nodes;
import io.overc.testkit.Real;
import io.overc.testkit.TreeDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With what is shared removed and what is masked hidden, a real overlay shows")
class OverlayViewIT {
  private static final int SEEDS = 30;

  private Path work = Path.of("");

  @BeforeEach
  void createWork() throws IOException {
    Real.root();
    Real.tools("mount", "umount", "rm");
    // No blanks, colons or commas, which are the affair of whoever writes the options.
    work = Files.createTempDirectory(Path.of("/var/tmp"), "overc-view");
  }

  @AfterEach
  void removeWork() {
    if (work.isAbsolute()) {
      OverlayView.run("rm", "-rf", "--one-file-system", work.toString());
    }
  }

  @Test
  @DisplayName("the directory as it was, whatever is in it and in the sources")
  void viewIsTheDirectory() throws IOException {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    int shared = 0;
    int masked = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Recording recording = trial(seed, Files.createDirectory(work.resolve("seed" + seed)));
      reasons.addAll(recording.kept.values());
      shared += recording.shared.size();
      masked += recording.masked.size();
    }
    assertThat(shared).as("entries shared").isGreaterThan(SEEDS * 10);
    assertThat(masked).as("paths masked").isGreaterThan(SEEDS * 2);
    assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons)))
        .as("reasons that no tree gave")
        .containsExactlyInAnyOrder(
            Reason.IMMUTABLE, Reason.OBSCURED, Reason.CHANGED, Reason.UNREADABLE);
  }

  private static Recording trial(int seed, Path work) throws IOException {
    List<Path> sources = List.of(work.resolve("s1"), work.resolve("s2"), work.resolve("s3"));
    GeneratedTree tree = GeneratedTree.create(seed, work.resolve("container"), sources);
    TreeDigest before = TreeDigest.of(tree.container());
    Recording recording = new Removing(tree.container());
    new Comparison(tree.container(), sources, 1 + seed % 2).run(recording);
    assertThat(recording.twice).as("seed " + seed + ": told twice").isEmpty();
    assertThat(recording.obstacles).as("seed " + seed).isEmpty();
    assertThat(recording.shared.size() + recording.kept.size())
        .as("seed " + seed + ": what became of each path")
        .isEqualTo(before.entries().size() - 1);
    try (OverlayView view = OverlayView.mount(work, tree.container(), recording.masked, sources)) {
      assertThat(before.differences(TreeDigest.of(view.at()))).as("seed " + seed).isEmpty();
    }
    return recording;
  }

  @Test
  @DisplayName("nothing of what is mounted in a source, nor of a redirected directory")
  void obscured() throws IOException {
    Path container = Files.createDirectory(work.resolve("container"));
    Path source = Files.createDirectory(work.resolve("source"));
    for (String name : List.of("mounted", "redirected", "alone")) {
      Files.createDirectory(source.resolve(name));
    }
    Files.writeString(source.resolve("mounted/below"), "hidden by the mount");
    Files.writeString(source.resolve("redirected/file"), "redirected");
    Nodes.attribute(source.resolve("redirected"), "trusted.overlay.redirect", (byte) 'x');
    for (String name : List.of("mounted", "redirected")) {
      Files.createDirectory(container.resolve(name));
      Files.writeString(container.resolve(name).resolve("file"), name);
    }
    TreeDigest before = TreeDigest.of(container);
    OverlayView.run("mount", "-t", "tmpfs", "tmpfs", source.resolve("mounted").toString());
    Recording recording;
    try {
      Files.writeString(source.resolve("mounted/file"), "mounted");
      recording = new Removing(container);
      new Comparison(container, List.of(source), 1).run(recording);
      try (OverlayView view =
          OverlayView.mount(work, container, recording.masked, List.of(source))) {
        assertThat(before.differences(TreeDigest.of(view.at()))).isEmpty();
      }
    } finally {
      OverlayView.run("umount", source.resolve("mounted").toString());
    }
    assertThat(recording.masked)
        .isEqualTo(
            Map.of(
                Path.of("mounted"), Mask.OPAQUE,
                Path.of("redirected"), Mask.OPAQUE,
                Path.of("alone"), Mask.WHITEOUT));
    assertThat(recording.shared).isEmpty();
  }

  @Test
  @DisplayName("something else if a mask is left out, so that this test can fail")
  void masksMatter() throws IOException {
    Path container = Files.createDirectory(work.resolve("container"));
    Path source = Files.createDirectory(work.resolve("source"));
    Files.createFile(source.resolve("alone"));
    TreeDigest before = TreeDigest.of(container);
    try (OverlayView view = OverlayView.mount(work, container, Map.of(), List.of(source))) {
      assertThat(before.differences(TreeDigest.of(view.at()))).hasSize(1);
    }
  }

  /** Removes what is shared as soon as it is told. */
  private static final class Removing extends Recording {
    private final Path directory;

    Removing(Path directory) {
      this.directory = directory;
    }

    @Override
    public void shared(Shared entry) throws IOException {
      super.shared(entry);
      Files.delete(directory.resolve(entry.path()));
    }
  }
}
