package io.overc.btrfs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFilesTest {
  @TempDir private Path directory = Path.of("");
  private Path boot = Path.of("");
  private Path root = Path.of("");
  private BootFiles files = new BootFiles(boot, "bzImage");
  private StagedFiles staged = new StagedFiles(boot, SideEffects.direct());

  @BeforeEach
  void makeBoot() throws IOException {
    boot = Files.createDirectory(directory.resolve("boot"));
    root = Files.createDirectory(directory.resolve("new-root"));
    files = new BootFiles(boot, "bzImage");
    staged = new StagedFiles(boot, SideEffects.direct());
    write(boot, "bzImage", "kernel 1");
    write(boot, "bzImage.p7b", "signature 1");
    write(boot, "EFI/BOOT/bootx64.efi", "loader 1");
    write(boot, "grub/grub.cfg", "menu");
  }

  @Test
  @DisplayName("signature and EFI binaries travel with the kernel, into the backup too")
  void companions() throws IOException {
    stageAndPublish(files.changesOfBackup(), true);

    assertThat(boot.resolve("bzImage_bakup")).hasContent("kernel 1");
    assertThat(boot.resolve("bzImage_bakup.p7b")).hasContent("signature 1");
    assertThat(boot.resolve("EFI/BOOT/bootx64.efi_bakup")).hasContent("loader 1");
    assertThat(boot.resolve("grub/grub.cfg_bakup")).doesNotExist();
    assertThat(files.changesOfBackup()).as("nothing changes twice").isEmpty();
  }

  @Test
  @DisplayName("only what differs in the new root is copied; until it is published nothing changes")
  void changesFromRoot() throws IOException {
    write(root, "bzImage", "kernel 2");
    write(root, "bzImage.p7b", "signature 1");
    write(root, "EFI/BOOT/BOOTX64.EFI", "loader 2");
    List<BootChange> changes = files.changesFrom(root);

    staged.stage(changes);
    assertThat(changes)
        .extracting(change -> change.target().toString())
        .containsExactly("EFI/BOOT/BOOTX64.EFI", "bzImage");
    assertThat(boot.resolve("bzImage")).hasContent("kernel 1");
    staged.publish(true);
    assertThat(boot.resolve("bzImage")).as("no backup").hasContent("kernel 1");
    staged.publish(false);
    assertThat(boot.resolve("bzImage")).hasContent("kernel 2");
    assertThat(staged.publish(false)).as("nothing is left to publish").isFalse();
  }

  @Test
  @DisplayName("what was staged can be discarded without a trace")
  void discard() throws IOException {
    write(root, "bzImage", "kernel 2");
    staged.stage(files.changesFrom(root));

    staged.discard();

    assertThat(boot).isDirectoryNotContaining("glob:**.overc-new");
    assertThat(boot.resolve("bzImage")).hasContent("kernel 1");
  }

  @Test
  @DisplayName("what is replaced keeps its blocks under a second name until the new name is there")
  void secondName() throws IOException {
    write(root, "bzImage", "kernel 2");
    Map<String, Object> during = new HashMap<>();
    SideEffects watching =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String name, Action<E> action) throws E {
            action.run();
            during.put(name, kernels());
          }
        };
    staged = new StagedFiles(boot, watching);

    stageAndPublish(files.changesFrom(root), false);

    assertThat(during)
        .containsEntry(
            "publish bzImage",
            Map.of(
                "bzImage", "kernel 2",
                "bzImage.overc-new", "kernel 2",
                "bzImage.overc-old", "kernel 1"))
        .containsEntry("drop bzImage.overc-new", Map.of("bzImage", "kernel 2"));
  }

  @Test
  @DisplayName("whatever a killed process left of publishing, publishing again ends it")
  void publishAgain() throws IOException {
    write(root, "bzImage", "kernel 2");
    staged.stage(files.changesFrom(root));
    Files.createLink(boot.resolve("bzImage.overc-old"), boot.resolve("bzImage"));
    Files.createLink(boot.resolve("bzImage.overc-now"), boot.resolve("bzImage.overc-new"));
    Files.move(
        boot.resolve("bzImage.overc-now"),
        boot.resolve("bzImage"),
        StandardCopyOption.REPLACE_EXISTING);

    staged.publish(false);

    assertThat(kernels()).isEqualTo(Map.of("bzImage", "kernel 2"));
  }

  @Test
  @DisplayName("names that a killed process left are discarded; the file keeps what it holds")
  void leftNames() throws IOException {
    write(boot, "bzImage.overc-old", "kernel 0");
    Files.createLink(boot.resolve("bzImage.overc-new"), boot.resolve("bzImage"));
    Files.createLink(boot.resolve("bzImage.overc-now"), boot.resolve("bzImage"));
    staged.discard();
    assertThat(kernels()).isEqualTo(Map.of("bzImage", "kernel 1"));
  }

  @Test
  @DisplayName("what was kept first stays: it is what the running root was booted with")
  void keep() throws IOException {
    Path directoryOfKept = directory.resolve("kept");
    KeptFiles kept = new KeptFiles(boot, directoryOfKept, SideEffects.direct());
    write(root, "bzImage", "kernel 2");
    List<BootChange> changes = files.changesFrom(root);
    kept.keep(changes);
    stageAndPublish(changes, false);
    write(root, "bzImage", "kernel 3");

    kept.keep(files.changesFrom(root));

    assertThat(directoryOfKept.resolve("bzImage")).hasContent("kernel 1");
    kept.forget();
    assertThat(directoryOfKept.resolve("bzImage")).doesNotExist();
  }

  private Map<String, String> kernels() {
    Map<String, String> kernels = new TreeMap<>();
    try (Stream<Path> entries = Files.list(boot)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".p7b")) {
          kernels.put(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kernels;
  }

  private void stageAndPublish(List<BootChange> changes, boolean backups) throws IOException {
    staged.stage(changes);
    assertThat(staged.publish(backups)).isTrue();
  }

  private static void write(Path directory, String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
