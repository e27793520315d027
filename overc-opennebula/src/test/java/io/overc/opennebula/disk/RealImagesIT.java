package io.overc.opennebula.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.Site;
import io.overc.opennebula.frontend.Image;
import io.overc.spi.SideEffects;
import io.overc.testkit.Real;
import io.overc.testkit.ScriptedCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that qemu-img made are converted by qemu-img, and hold the same disk afterwards. */
class RealImagesIT {
  private static final int SIZE = 4 << 20;

  @TempDir private Path directory;
  private Site site;
  private Path raw;
  private final byte[] content = new byte[SIZE];

  @BeforeEach
  void setUp() throws IOException {
    Real.tools("qemu-img");
    site = new Site(directory).set("opennebula.target-format", "raw");
    new Random(7).nextBytes(content);
    Arrays.fill(content, SIZE / 2, SIZE, (byte) 0);
    raw = Files.write(directory.resolve("disk.raw"), content);
  }

  @AfterEach
  void tearDown() {
    if (site != null) {
      site.close();
    }
  }

  private Path make(String format, Path to) {
    qemuImg("convert", "-f", "raw", "-O", format, raw.toString(), to.toString());
    return to;
  }

  private static void qemuImg(String... arguments) {
    CommandRunner.system().run(Command.of("qemu-img", arguments).build()).orThrow("make an image");
  }

  /** Lets the datastore's copy be looked at before the staged file is removed. */
  private byte[] registered(ImageEvent event) {
    AtomicReference<byte[]> seen = new AtomicReference<>(new byte[0]);
    site.frontEnd()
        .onAllocate(
            path -> {
              try {
                seen.set(Files.readAllBytes(path));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    site.handle(event);
    site.assertNothingStaged();
    return seen.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vmdk", "vdi", "vpc", "vhdx"})
  @DisplayName("an image is converted where the site says so, and the disk is the same")
  void converts(String format) {
    site.set("opennebula.convert", "qcow2, vmdk, vdi, vhd, vhdx");
    Path file = make(format, site.cache().resolve(Site.ID));
    byte[] disk = registered(site.event(Site.ID, file));
    assertThat(Arrays.copyOf(disk, SIZE)).isEqualTo(content);
    Image image = site.current();
    assertThat(image.format()).isEqualTo("raw");
    assertThat(image.path()).endsWith("/image.raw");
  }

  @ParameterizedTest
  @CsvSource({"raw,raw", "qcow2,qcow2", "vmdk,vmdk", "vdi,vdi"})
  @DisplayName("an image is registered as it is where the site does not say otherwise")
  void registersAsItIs(String format, String expected) {
    Path file = make(format, site.cache().resolve(Site.ID));
    registered(site.event(Site.ID, file));
    assertThat(site.current().path()).isEqualTo(file.toString());
    assertThat(site.current().format()).isEqualTo(expected);
  }

  @Test
  @DisplayName("an OVA is unpacked to the disk its description names, though the other is disk1")
  void ovaWithTwoDisks() throws IOException {
    Path vmdk = make("vmdk", directory.resolve("disk.vmdk"));
    Path file = site.cache().resolve(Site.ID);
    try (Ova ova = new Ova(file)) {
      ova.description("data-disk1.vmdk", "system.vmdk")
          .file("data-disk1.vmdk", new byte[100])
          .file("system.vmdk", Files.readAllBytes(vmdk));
    }
    assertThat(registered(site.event(Site.ID, file))).isEqualTo(content);
  }

  @Test
  @DisplayName("an OVA with one disk and no description is unpacked to its disk1")
  void ovaWithOneDisk() throws IOException {
    site.set("opennebula.target-format", "qcow2");
    Path vmdk = directory.resolve("disk.vmdk");
    qemuImg(
        "convert",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        "-f",
        "raw",
        raw.toString(),
        vmdk.toString());
    Path file = site.cache().resolve(Site.ID);
    try (Ova ova = new Ova(file)) {
      ova.file("box-disk1.vmdk", Files.readAllBytes(vmdk));
    }
    byte[] qcow2 = registered(site.event(Site.ID, file));
    assertThat(site.current().format()).isEqualTo("qcow2");
    Path copy = Files.write(directory.resolve("copy.qcow2"), qcow2);
    Path back = directory.resolve("back.raw");
    qemuImg("convert", "-f", "qcow2", "-O", "raw", copy.toString(), back.toString());
    assertThat(Files.readAllBytes(back)).isEqualTo(content);
  }

  @Test
  @DisplayName("a disk larger than allowed is refused by what it says, before it is unpacked")
  void tooLarge() {
    site.set("opennebula.convert", "qcow2").set("opennebula.largest-disk", "1G");
    Path file = site.cache().resolve(Site.ID);
    qemuImg("create", "-q", "-f", "qcow2", file.toString(), "100T");
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("largest-disk");
    site.assertNothingStaged();
  }

  @Test
  @DisplayName("a real qcow2 file with a backing file is refused")
  void backingFile() {
    Path file = site.cache().resolve(Site.ID);
    qemuImg(
        "create",
        "-q",
        "-f",
        "qcow2",
        "-u",
        "-b",
        "/etc/shadow",
        "-F",
        "raw",
        file.toString(),
        "1M");
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("backing file");
  }

  @Test
  @DisplayName("a real qcow2 file with an external data file is refused")
  void dataFile() {
    Path file = site.cache().resolve(Site.ID);
    qemuImg(
        "create",
        "-q",
        "-f",
        "qcow2",
        "-o",
        "data_file=" + directory.resolve("data") + ",data_file_raw=on",
        file.toString(),
        "1M");
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("external data file");
  }

  @Test
  @DisplayName("a damaged image is refused, and nothing is left beside it")
  void damaged() throws IOException {
    site.set("opennebula.convert", "vdi,qcow2");
    Path file = make("qcow2", site.cache().resolve(Site.ID));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 24, 64, (byte) 0xff);
    Files.write(file, bytes);
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event)).isInstanceOf(VerificationException.class);
    site.assertNothingStaged();
  }

  @Test
  @DisplayName("a conversion that takes too long is ended, and nothing is left")
  void timeout() {
    site.set("opennebula.convert", "qcow2").set("opennebula.convert-timeout", "1ms");
    Path file = site.cache().resolve(Site.ID);
    // So large that it is not done before a busy machine looks.
    qemuImg("create", "-f", "qcow2", "-o", "preallocation=full", file.toString(), "256M");
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("did not end within");
    site.assertNothingStaged();
    assertThat(site.frontEnd().admin().images()).isEmpty();
  }

  @Test
  @DisplayName("a converted file is kept until the datastore has copied it")
  void keptUntilCopied() {
    site.set("opennebula.convert", "qcow2").set("opennebula.copy-timeout", "1ms");
    site.frontEnd().admin().slow(1000);
    Path file = make("qcow2", site.cache().resolve(Site.ID));
    ImageEvent event = site.event(Site.ID, file);
    assertThatThrownBy(() -> site.handle(event)).hasMessageContaining("has not copied");
    Path staged = Path.of(site.frontEnd().admin().images().get(0).path());
    assertThat(staged).exists();
    site.frontEnd().admin().finishCopies();
    site.handle(event);
    assertThat(site.current().state()).isEqualTo("READY");
    assertThat(staged).doesNotExist();
    site.assertNothingStaged();
  }

  @Test
  @DisplayName("processes: none for a raw image, two for a conversion")
  void processes() {
    ScriptedCommandRunner counting =
        new ScriptedCommandRunner().answer(".*", command -> CommandRunner.system().run(command));
    DiskPreparation disks =
        new DiskPreparation(
            Config.of(Map.of("opennebula.convert", "qcow2", "opennebula.target-format", "raw")),
            counting,
            SideEffects.direct());
    disks.prepare(raw, "raw");
    assertThat(counting.lines()).isEmpty();
    Path file = make("qcow2", directory.resolve("x.qcow2"));
    disks.prepare(file, "qcow2");
    assertThat(counting.lines()).hasSize(2);
  }
}
