package io.overc.opennebula.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.VerificationException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.Site;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that names a file of this machine never brings it into the cloud. */
class HostileDisksIT {
  private static final String CANARY = "secret of this machine\n";

  @TempDir private Path directory;
  private int tried;
  private int refused;
  private final List<String> harm = new ArrayList<>();

  @Test
  @DisplayName("nothing of a file that an image names is registered")
  void nothingIsPublished() throws IOException {
    Real.tools("qemu-img");
    Path canary = Files.writeString(directory.resolve("canary"), CANARY.repeat(4000));
    Map<String, byte[]> images = HostileDisks.naming(canary.toString(), good());
    for (Map.Entry<String, byte[]> image : images.entrySet()) {
      Path plain = Files.write(directory.resolve("plain"), image.getValue());
      Path inOva = directory.resolve("ova");
      try (Ova ova = new Ova(inOva)) {
        ova.file("disk1.vmdk", image.getValue());
      }
      offer(image.getKey() + " as it is", plain, "");
      offer(image.getKey() + " converted", plain, "qcow2, vmdk, vdi, vhd, vhdx");
      offer(image.getKey() + " in an OVA", inOva, "");
    }
    System.out.printf(
        "Hostile disks: %d tried, %d refused, %d harmless, %d harmed%n",
        tried, refused, tried - refused - harm.size(), harm.size());
    assertThat(harm).isEmpty();
    assertThat(tried).isGreaterThan(150);
    assertThat(canary).content().isEqualTo(CANARY.repeat(4000));
  }

  @Test
  @DisplayName("even where no header was checked the tool finds no other file")
  void confined() throws IOException {
    Real.root();
    Real.tools("qemu-img", "unshare", "mount", "chroot", "setpriv", "prlimit");
    Path canary = Files.writeString(directory.resolve("canary"), CANARY.repeat(4000));
    Confinement confinement = new Confinement(CommandRunner.system(), 1 << 20);
    Path out = Files.createDirectory(directory.resolve("out"));
    QemuImg tool = new QemuImg(confinement, Duration.ofMinutes(1));
    int converted = 0;
    for (Map.Entry<String, byte[]> image :
        HostileDisks.naming(canary.toString(), good()).entrySet()) {
      Path file = Files.write(directory.resolve("image"), image.getValue());
      Path disk = out.resolve("disk");
      DiskFormat format = DiskFormat.of(file);
      try {
        tool.convert(file, format, disk, DiskFormat.RAW);
        converted++;
      } catch (VerificationException e) {
        assertThat(e).hasMessageContaining("cannot be converted");
      }
      if (Files.exists(disk) && format != DiskFormat.RAW) {
        assertThat(Files.readString(disk, StandardCharsets.ISO_8859_1))
            .as(image.getKey())
            .doesNotContain(CANARY);
      }
      Files.deleteIfExists(disk);
    }
    assertThat(converted).isPositive();
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).isEmpty();
    }
  }

  private Map<DiskFormat, byte[]> good() throws IOException {
    Map<DiskFormat, byte[]> good = new EnumMap<>(DiskFormat.class);
    for (DiskFormat format :
        List.of(
            DiskFormat.VMDK, DiskFormat.QCOW2, DiskFormat.VDI, DiskFormat.VHD, DiskFormat.VHDX)) {
      Path file = directory.resolve("good." + format.tool());
      qemuImg("create", "-q", "-f", format.tool(), file.toString(), "128k");
      good.put(format, Files.readAllBytes(file));
    }
    return good;
  }

  private void offer(String what, Path image, String convert) throws IOException {
    tried++;
    Path place = Files.createDirectory(directory.resolve("site" + tried));
    try (Site site = new Site(place).set("opennebula.target-format", "raw")) {
      if (!convert.isEmpty()) {
        site.set("opennebula.convert", convert);
      }
      Path file = Files.copy(image, site.cache().resolve(Site.ID));
      site.frontEnd().onAllocate(path -> look(what, path));
      ImageEvent event = site.event(Site.ID, file);
      site.handle(event);
    } catch (VerificationException e) {
      refused++;
    }
  }

  /** What the cloud would see, which opens the image as the format that it was told. */
  private void look(String what, Path image) {
    try {
      DiskFormat format = DiskFormat.of(image);
      Path disk = directory.resolve("seen");
      Command convert =
          Command.of("qemu-img", "convert", "-f", format.tool(), "-O", "raw")
              .argument(image)
              .argument(disk)
              .build();
      boolean converted = CommandRunner.system().run(convert).succeeded();
      String seen = converted ? Files.readString(disk, StandardCharsets.ISO_8859_1) : "";
      if (seen.contains(CANARY)) {
        harm.add(what);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void qemuImg(String... arguments) {
    CommandRunner.system().run(Command.of("qemu-img", arguments).build()).orThrow("make an image");
  }
}
