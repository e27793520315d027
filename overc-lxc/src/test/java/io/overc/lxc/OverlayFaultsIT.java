package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.overlay.KeptReason;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import io.overc.spi.SideEffects;
import io.overc.testkit.TreeDigest;
import io.overc.testkit.Unmount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What goes wrong around shared directories, and what is odd about them. */
@DisplayName("Sharing a directory")
class OverlayFaultsIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final List<String> DATA = List.of("/data");
  private static final List<String> ESSENTIAL = List.of("essential");

  private LxcLab lab;
  private Path essential;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    essential = Files.createDirectories(lab.directory.resolve("essential"));
    Files.createDirectories(essential.resolve("data"));
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private Path both(String... files) throws IOException {
    Path web = lab.plain("web");
    for (int i = 0; i < files.length; i += 2) {
      for (Path root : List.of(web, essential)) {
        Path file = root.resolve(files[i]);
        Files.createDirectories(Disk.parent(file));
        Files.writeString(file, files[i + 1]);
      }
    }
    return web;
  }

  private SharingResult share(LxcBackends backends, List<String> directories) {
    return backends.overlaySharing().share("web", directories, ESSENTIAL, WhenRunning.REFUSE, NONE);
  }

  private static StopResult stop(LxcBackends backends) {
    return backends.overlaySharing().stop("web", DATA, WhenRunning.REFUSE, NONE);
  }

  /** Does something before an action of a name. */
  private record Before(String name, Action<IOException> what) implements SideEffects {
    @Override
    public <E extends Exception> void run(String action, Action<E> work) throws E {
      if (action.equals(name)) {
        try {
          what.run();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
      work.run();
    }
  }

  @Test
  @DisplayName("works whatever its name, but for commas and double quotes")
  void names() throws IOException {
    List<String> names =
        List.of("/a b", "/c:d", "/e\\f", "/g#h", "/\u00fc'", "/=x", "/\\040", "/ /$(id)", "/*");
    List<String> files = new ArrayList<>();
    names.forEach(name -> files.addAll(List.of(name.substring(1) + "/same", name)));
    Path web = both(files.toArray(String[]::new));
    Map<String, TreeDigest> before = new TreeMap<>();
    for (String name : names) {
      before.put(name, TreeDigest.of(web.resolve(name.substring(1))));
    }
    share(lab.backends(), names);
    lab.driver().start("web", NONE);
    for (Map.Entry<String, TreeDigest> entry : before.entrySet()) {
      String name = entry.getKey();
      Path view = lab.view("web").resolve(name.substring(1));
      assertThat(entry.getValue().differences(TreeDigest.of(view))).as(name).isEmpty();
      assertThat(web.resolve(name.substring(1)).resolve("same")).doesNotExist();
    }
    assertThat(lab.sharing().list("web")).extracting(d -> d.directory()).hasSameElementsAs(names);
  }

  @Test
  @DisplayName("with more sources than fit into the options of a mount is refused with the numbers")
  void page() throws IOException {
    both("data/same", "s");
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "source-" + "x".repeat(50) + "-" + i;
      Path root = lab.path().resolve(name).resolve("rootfs");
      Files.createDirectories(root.resolve("data"));
      Files.writeString(root.resolveSibling("config"), "lxc.rootfs.path = dir:" + root + "\n");
      sources.add(name);
    }
    assertThatThrownBy(() -> lab.sharing().share("web", DATA, sources, WhenRunning.REFUSE, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("40 sources", "4095", "fewer sources");
    lab.sharing().share("web", DATA, sources.subList(0, 25), WhenRunning.REFUSE, NONE);
    lab.driver().start("web", NONE);
    assertThat(lab.view("web").resolve("data/same")).hasContent("s");
  }

  @Test
  @DisplayName("keeps a file that changes after it was compared, here or in the source")
  void changes() throws IOException {
    Path web = both("data/here", "1", "data/there", "1", "data/same", "1");
    Before hook =
        new Before(
            "remove shared files",
            () -> {
              Files.writeString(web.resolve("data/here"), "2");
              Files.writeString(essential.resolve("data/there"), "2");
            });
    SharingResult result = share(lab.backends().effects(hook), DATA);
    assertThat(result.filesShared()).isEqualTo(1);
    assertThat(result.directories().get(0).filesKept()).containsEntry(KeptReason.CHANGED, 2L);
    lab.driver().start("web", NONE);
    assertThat(lab.view("web").resolve("data/here")).hasContent("2");
    assertThat(lab.view("web").resolve("data/there")).hasContent("1");
    assertThat(lab.view("web").resolve("data/same")).hasContent("1");
  }

  @Test
  @DisplayName("and stopping that puts the times of directories back")
  void times() throws IOException {
    Path web = both("data/dir/same", "s", "data/dir/sub/same", "s");
    List<Path> directories =
        List.of(web.resolve("data"), web.resolve("data/dir"), web.resolve("data/dir/sub"));
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06.789012345Z"));
    for (Path directory : directories) {
      Files.setLastModifiedTime(directory, time);
    }
    share(lab.backends(), DATA);
    for (Path directory : directories) {
      assertThat(Files.getLastModifiedTime(directory)).isEqualTo(time);
    }
    stop(lab.backends());
    for (Path directory : directories) {
      assertThat(Files.getLastModifiedTime(directory)).isEqualTo(time);
    }
  }

  @Test
  @DisplayName("is refused where the overlay would not show all of it, or not for long")
  void obstacles() throws IOException {
    Path web = both("data/same", "s");
    lab.run("mknod", web.resolve("data/whiteout").toString(), "c", "0", "0");
    assertThatThrownBy(() -> share(lab.backends(), DATA))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("'whiteout'", "0/0");
    Files.delete(web.resolve("data/whiteout"));
    assertThat(lab.path().resolve("web/sharing/new")).doesNotExist();
    assertThat(web.resolve("data/same")).exists();
    lab.run("mount", "-t", "tmpfs", "tmpfs", essential.toString());
    try {
      Files.createDirectories(essential.resolve("data"));
      assertThatThrownBy(() -> share(lab.backends(), DATA))
          .isInstanceOf(RefusedException.class)
          .hasMessageContainingAll("tmpfs", "next boot");
    } finally {
      Unmount.of(lab.runner, essential);
    }
  }

  @Test
  @DisplayName("that fails in the middle of its files is undone, or finished by the next call")
  void middle() throws IOException {
    Path web = both("data/a/f", "f", "data/b/f", "f", "data/c/f", "f");
    Path stuck = web.resolve("data/b");
    TreeDigest before = TreeDigest.of(web.resolve("data"));
    Before lock =
        new Before("remove shared files", () -> lab.run("chattr", "+i", stuck.toString()));
    try {
      assertThatThrownBy(() -> share(lab.backends().effects(lock), DATA))
          .isInstanceOf(OvercException.class)
          .hasMessageContaining("data/b");
      assertThat(stuck.resolve("f")).exists();
      lab.lxc("lxc-start", "web");
      assertThat(before.differences(TreeDigest.of(lab.view("web").resolve("data")))).isEmpty();
      lab.lxc("lxc-stop", "web", "-k");
    } finally {
      lab.run("chattr", "-i", stuck.toString());
    }
    lab.driver().stop("web", NONE);
    TreeDigest upper = TreeDigest.of(web.resolve("data"));
    assertThat(upper.entries()).hasSize(4);

    Before again = new Before("move copies in", () -> lab.run("chattr", "+i", stuck.toString()));
    try {
      assertThatThrownBy(() -> stop(lab.backends().effects(again)))
          .isInstanceOf(OvercException.class)
          .hasMessageContaining("everything is as it was");
      assertThat(upper.differences(TreeDigest.of(web.resolve("data")))).isEmpty();
    } finally {
      lab.run("chattr", "-i", stuck.toString());
    }
    stop(lab.backends());
    assertThat(before.differences(TreeDigest.of(web.resolve("data")))).isEmpty();
  }

  @Test
  @DisplayName("cannot be stopped on a full disk, and loses nothing")
  void fullDisk() throws IOException {
    Path small = Files.createDirectories(lab.directory.resolve("small"));
    Path image = lab.directory.resolve("small.img");
    lab.run("truncate", "-s", "48M", image.toString());
    lab.run("mkfs.ext4", "-q", "-m", "0", image.toString());
    lab.run("mount", "-o", "loop", image.toString(), small.toString());
    try {
      LxcBackends backends = LxcBackends.of(lab.settingsOf(small.resolve("c")));
      Path web = small.resolve("c/web/rootfs");
      for (Path root : List.of(web, essential)) {
        Files.createDirectories(root.resolve("data"));
        for (int i = 0; i < 20; i++) {
          Files.write(root.resolve("data/f" + i), new byte[1 << 20]);
        }
      }
      Files.writeString(web.resolveSibling("config"), "lxc.rootfs.path = dir:" + web + "\n");
      TreeDigest before = TreeDigest.of(web.resolve("data"));
      share(backends, DATA);
      TreeDigest upper = TreeDigest.of(web.resolve("data"));
      assertThat(upper.entries()).hasSize(1);
      Path filler = small.resolve("filler");

      Files.write(filler, new byte[30 << 20]);
      assertThatThrownBy(() -> stop(backends))
          .isInstanceOf(RefusedException.class)
          .hasMessageContainingAll("need 20971520 bytes", "are free", "make room");
      Files.delete(filler);

      Before hook = new Before("copy files", () -> Files.write(filler, new byte[30 << 20]));
      assertThatThrownBy(() -> stop(backends.effects(hook)))
          .isInstanceOf(OvercException.class)
          .hasMessageContainingAll("everything is as it was", "20971520", "No space left");
      assertThat(TreeDigest.of(web.resolve("data"))).isEqualTo(upper);
      assertThat(Disk.list(small.resolve("c/web/sharing"))).hasSize(1);
      assertThat(backends.overlaySharing().list("web")).hasSize(1);

      Files.delete(filler);
      assertThat(stop(backends).bytesNeeded()).isEqualTo(20L << 20);
      assertThat(before.differences(TreeDigest.of(web.resolve("data")))).isEmpty();
    } finally {
      Unmount.of(lab.runner, small);
    }
  }
}
