package io.overc.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.NativeBuffer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of a comparison")
class ComparisonRunTest {
  @TempDir private Path work = Path.of("");
  private Path container = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void createDirectories() throws IOException {
    container = Files.createDirectory(work.resolve("container"));
    source = Files.createDirectory(work.resolve("source"));
  }

  @Test
  @DisplayName("goes through a huge directory in parts while the visitor removes from it")
  void hugeDirectory() throws IOException {
    int files = Worker.HUGE + 1000;
    for (int i = 0; i < files; i++) {
      Files.createFile(container.resolve("file" + i));
    }
    for (int i = 0; i < files; i += 10) {
      Files.createFile(source.resolve("file" + i));
      Files.createFile(source.resolve("other" + i));
    }
    int same = (files + 9) / 10;
    Files.createDirectories(container.resolve("directory/below"));
    Recording recording =
        new Recording() {
          @Override
          public void shared(Shared entry) throws IOException {
            super.shared(entry);
            Files.delete(container.resolve(entry.path()));
          }
        };
    new Comparison(container, List.of(source), 1).run(recording);
    assertThat(recording.shared).hasSize(same);
    assertThat(recording.kept).hasSize(files - same + 2);
    assertThat(recording.masked).hasSize(same);
    assertThat(recording.twice).isEmpty();
    try (Stream<Path> left = Files.list(container)) {
      assertThat(left).hasSize(files - same + 1);
    }
  }

  @Test
  @DisplayName("tells the same with any number of threads, more directories waiting than allowed")
  void threads() throws IOException {
    for (int i = 0; i < 600; i++) {
      for (Path each : List.of(container, source)) {
        Path directory = Files.createDirectory(each.resolve("d" + i));
        Files.writeString(directory.resolve("same"), "text");
        Files.writeString(directory.resolve("differs"), each.getFileName().toString());
      }
      Files.createDirectory(source.resolve("d" + i + "/alone"));
    }
    Recording expected = Recording.of(container, source);
    assertThat(expected.shared).hasSize(600);
    for (int threads : new int[] {2, 5}) {
      Recording recording = new Recording();
      new Comparison(container, List.of(source), threads).run(recording);
      assertThat(recording.shared).isEqualTo(expected.shared);
      assertThat(recording.kept).isEqualTo(expected.kept);
      assertThat(recording.masked).isEqualTo(expected.masked);
      assertThat(recording.twice).isEmpty();
    }
  }

  @Test
  @DisplayName("leaves out a source that is missing, a file or a link to a directory")
  void missingSources() throws IOException {
    Files.writeString(container.resolve("file"), "text");
    Files.writeString(source.resolve("file"), "text");
    Path file = Files.createFile(work.resolve("file"));
    Path link = Files.createSymbolicLink(work.resolve("link"), Path.of("source"));
    Recording recording = Recording.of(container, work.resolve("gone"), file, link);
    assertThat(recording.kept).containsValue(Reason.NOT_IN_SOURCES);
    assertThat(Recording.of(container, work.resolve("gone"), source).shared.values())
        .extracting(Shared::source)
        .containsExactly(1);
  }

  @Test
  @DisplayName("fails for what is no directory, and for no threads")
  void badArguments() throws IOException {
    Path link = Files.createSymbolicLink(work.resolve("link"), Path.of("container"));
    for (Path wrong : List.of(work.resolve("gone"), link)) {
      assertThatThrownBy(() -> Recording.of(wrong, source))
          .isInstanceOf(NotDirectoryException.class)
          .hasMessageContaining(wrong.toString());
    }
    Path within = Files.createDirectory(container.resolve("within"));
    Files.writeString(container.resolve("file"), "text");
    for (Path wrong : List.of(container, within, work, link.resolve("within"))) {
      assertThatThrownBy(() -> Recording.of(container, source, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.toString());
    }
    assertThatThrownBy(() -> new Comparison(container, List.of(source), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thread");
  }

  @Test
  @DisplayName("ends with what the visitor throws, and leaves no thread and no open file")
  void visitorThrows() throws IOException {
    for (int i = 0; i < 200; i++) {
      Files.createDirectory(container.resolve("d" + i));
      Files.createFile(container.resolve("d" + i + "/file"));
    }
    for (Exception thrown : List.of(new IOException("full"), new IllegalStateException("no"))) {
      Recording recording =
          new Recording() {
            @Override
            public void kept(Path path, Reason reason) {
              super.kept(path, reason);
              if (kept.size() == 50) {
                ComparisonRunTest.<RuntimeException>sneak(thrown);
              }
            }
          };
      assertThatThrownBy(() -> new Comparison(container, List.of(source), 4).run(recording))
          .isSameAs(thrown);
      assertThat(recording.kept).hasSizeLessThan(400);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("comparison-"));
    assertThat(openFiles()).isEmpty();
  }

  @Test
  @DisplayName("ends when the caller is interrupted, and keeps the flag")
  void interrupted() throws IOException {
    Files.createFile(container.resolve("file"));
    // So many that the others are done before the caller begins.
    Comparison comparison = new Comparison(container, List.of(source), 20);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> comparison.run(new Recording()))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @DisplayName("keeps a file that changes while it is compared, here or in the source")
  void changing() throws IOException {
    for (Path changing : List.of(container, source)) {
      for (Path each : List.of(container, source)) {
        Files.write(each.resolve("file"), new byte[300_000]);
      }
      List<Reason> reasons = new ArrayList<>();
      assertThat(decide(() -> {}, reasons)).as("place of what is not changed").isZero();
      decide(() -> Files.write(changing.resolve("file"), new byte[300_000]), reasons);
      assertThat(reasons).containsExactly(Reason.CHANGED);
    }
  }

  /** Decides on the file while something happens between two blocks of it. */
  private int decide(Contents.Progress meanwhile, List<Reason> reasons) throws IOException {
    try (Roots roots = Roots.open(container, List.of(source))) {
      Attributes attributes = new Attributes();
      DirectoryFrame.Opener opener = new DirectoryFrame.Opener(roots, new Recording(), attributes);
      try (DirectoryFrame frame = opener.open(new WorkQueue.Task(new byte[0], roots.present()))) {
        byte[] name = {'f', 'i', 'l', 'e'};
        long address = new NativeBuffer(8).string(name);
        FileStatus status = new FileStatus();
        status.read(frame.directory(), address, () -> container);
        EntryComparator comparator =
            new EntryComparator(roots, attributes, new Contents(meanwhile));
        EntryComparator.Verdict verdict =
            comparator.decide(frame, new EntryComparator.Entry(name, address, status));
        if (verdict.reason() != null) {
          reasons.add(verdict.reason());
        }
        return verdict.place();
      }
    }
  }

  /** Lists what is open below the compared directories; the JVM opens other files as it likes. */
  private List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        // The listing's own descriptor is gone by now.
        if (Files.isSymbolicLink(file)) {
          open.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    open.removeIf(file -> !file.startsWith(work.toString()));
    return open;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception thrown) throws E {
    throw (E) thrown;
  }
}
