package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageDigest;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileImageIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private LxcLab lab;
  private ContainerDriver driver;
  private byte[] before;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    driver = lab.driver();
    before = Files.readAllBytes(lab.image());
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "a/../../escape", "/tmp/overc-escape", "a/../.."})
  @DisplayName("an entry that climbs out is named and nothing is unpacked")
  void climbingNames(String name) throws IOException {
    Path image = archive(tar -> file(tar, name, "evil"));
    refused(image, "outside");
    Files.copy(image, lab.image(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> driver.activate("x", WhenActive.REFUSE, NONE))
        .isInstanceOf(VerificationException.class);
    assertThat(driver.status("x")).isEqualTo(ContainerStatus.ABSENT);
    assertThat(lab.directory.resolve("escape")).doesNotExist();
    assertThat(lab.path().resolve("escape")).doesNotExist();
    assertThat(Path.of("/tmp/overc-escape")).doesNotExist();
  }

  @Test
  @DisplayName("a file below a link, and a hard link to the outside, are refused")
  void links() throws IOException {
    refused(
        archive(
            tar -> {
              link(tar, "etc", "/tmp", TarConstants.LF_SYMLINK);
              file(tar, "etc/overc-escape", "evil");
            }),
        "below a link");
    refused(
        archive(tar -> link(tar, "shadow", "../../../../etc/shadow", TarConstants.LF_LINK)),
        "hard link");
    refused(archive(tar -> link(tar, "shadow", "/etc/shadow", TarConstants.LF_LINK)), "hard link");
    assertThat(Path.of("/tmp/overc-escape")).doesNotExist();
  }

  @Test
  @DisplayName("links that a root file system has, absolute ones too, are unpacked as they are")
  void goodLinks() throws IOException {
    Path image =
        archive(
            tar -> {
              file(tar, "usr/bin/sh", "x");
              link(tar, "bin", "usr/bin", TarConstants.LF_SYMLINK);
              link(tar, "etc-abs", "/etc", TarConstants.LF_SYMLINK);
              link(tar, "up", "../../..", TarConstants.LF_SYMLINK);
              link(tar, "hard", "usr/bin/sh", TarConstants.LF_LINK);
            });
    assertThat(driver.sendImage(ImageSource.of(image.toString()), NONE).change())
        .isEqualTo(Change.CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "xz", "bz2", "zst"})
  @DisplayName("every compression is read; a truncated archive is refused and the old image stays")
  void compressions(String kind) throws IOException {
    Path root = lab.directory.resolve("good.root");
    Files.write(root.resolve("random"), randomBytes(300_000));
    Path image = lab.directory.resolve("full.tar." + kind);
    lab.run("tar", "-caf", image.toString(), "-C", root.toString(), ".");
    byte[] whole = Files.readAllBytes(image);
    for (int part : new int[] {2, 3, 10}) {
      Path truncated =
          Files.write(
              lab.directory.resolve("cut"),
              Arrays.copyOf(whole, whole.length - whole.length / part));
      refused(truncated, "cut");
    }
    refused(
        Files.write(lab.directory.resolve("cut"), Arrays.copyOf(whole, whole.length - 1)), "cut");
    ImageResult sent = driver.sendImage(ImageSource.of(image.toString()), NONE);
    assertThat(sent.change()).isEqualTo(Change.CHANGED);
    assertThat(driver.sendImage(ImageSource.of(image.toString()), NONE).change())
        .isEqualTo(Change.UNCHANGED);
    assertThat(lab.directory.resolve("image.tar.previous")).hasBinaryContent(before);
    driver.activate("x", WhenActive.REFUSE, NONE);
    assertThat(driver.status("x")).isEqualTo(ContainerStatus.ACTIVE);
  }

  @Test
  @DisplayName("what is no archive, or an empty one, is refused")
  void noArchive() throws IOException {
    refused(Files.writeString(lab.directory.resolve("text"), "hello world ".repeat(1000)), "text");
    refused(Files.write(lab.directory.resolve("empty"), new byte[0]), "empty");
    refused(Files.write(lab.directory.resolve("zeros"), new byte[10240]), "zeros");
  }

  @Test
  @DisplayName("a bomb is ended at the limit, by its bytes or by what its headers claim")
  void bombs() throws IOException {
    Path bomb = lab.directory.resolve("bomb.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      TarArchiveEntry entry = new TarArchiveEntry("big");
      entry.setSize(400L << 20);
      tar.putArchiveEntry(entry);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 400; i++) {
        tar.write(zeros);
      }
      tar.closeArchiveEntry();
    }
    assertThat(Files.size(bomb)).isLessThan(1_000_000);
    refused(bomb, "lxc.image-limit");
    refused(sparse("1900M"), "lxc.image-limit");
    // commons-compress reads the size of a sparse file as an int: such an image is refused as well.
    refused(sparse("100G"), "was not taken for the image");
  }

  private Path sparse(String size) {
    Path file = lab.directory.resolve("sparse");
    lab.run("truncate", "-s", size, file.toString());
    Path archive = lab.directory.resolve("sparse.tar");
    String directory = lab.directory.toString();
    lab.run("tar", "--format=posix", "-cSf", archive.toString(), "-C", directory, "sparse");
    return archive;
  }

  @Test
  @DisplayName("an image with another digest is refused, and one with the right digest is taken")
  void digests() throws IOException {
    Path image = archive(tar -> file(tar, "etc/new", "new"));
    ImageSource source = ImageSource.of(image.toString());
    assertThatThrownBy(
            () ->
                driver.sendImage(
                    source.withDigest(ImageDigest.parse("sha512:" + "0".repeat(128))), NONE))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("hashes to");
    assertThat(lab.image()).hasBinaryContent(before);
    String sum = lab.run("sha256sum", image.toString()).stdout().substring(0, 64);
    ImageDigest digest = ImageDigest.parse("sha256:" + sum);
    assertThat(driver.sendImage(source.withDigest(digest), NONE).digest()).hasValue(digest);
  }

  @Test
  @DisplayName("a template without an image says how to send one")
  void noImage() throws IOException {
    Files.delete(lab.image());
    assertThatThrownBy(() -> driver.activate("x", WhenActive.REFUSE, NONE))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.guard()).isEqualTo(RefusedException.Guard.NO_IMAGE);
              assertThat(e.remedy().orElseThrow().action()).isEqualTo(Remedy.Action.SEND_IMAGE);
              assertThat(e.remedy().orElseThrow().subject()).isEqualTo("web");
            });
    assertThat(driver.list()).isEmpty();
  }

  @Test
  @DisplayName("an import that is no exported snapshot is refused and nothing stays")
  void imports() throws IOException {
    Path image = archive(tar -> file(tar, "x/config", "lxc.rootfs.path = dir:/"));
    assertThatThrownBy(() -> lab.store().importFrom(image, "x", NONE))
        .isInstanceOf(VerificationException.class);
    Path linked =
        archive(
            tar -> {
              file(tar, "x/config", "#");
              link(tar, "x/rootfs", "/etc", TarConstants.LF_SYMLINK);
            });
    assertThatThrownBy(() -> lab.store().importFrom(linked, "x", NONE))
        .isInstanceOf(VerificationException.class);
    assertThat(lab.store().subjects()).isEmpty();
    assertThat(Disk.list(lab.snapshots().resolve(".overc"))).isEmpty();
  }

  private void refused(Path image, String why) throws IOException {
    assertThatThrownBy(() -> driver.sendImage(ImageSource.of(image.toString()), NONE))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(why);
    assertThat(lab.image()).hasBinaryContent(before);
    assertThat(lab.directory.resolve("image.tar.part")).doesNotExist();
  }

  private Path archive(Content content) throws IOException {
    Path file = Files.createTempFile(lab.directory, "image", ".tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      content.write(tar);
    }
    return file;
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(text.length());
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte type)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }

  /** Writes the entries of an archive. */
  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }
}
