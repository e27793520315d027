package io.overc.opennebula.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.VerificationException;
import io.overc.opennebula.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that were made to harm are refused, and nothing is written outside the cache. */
class HostileImagesTest {
  @TempDir private Path directory;
  private Site site;
  private Path file;

  @BeforeEach
  void setUp() {
    site = new Site(directory).set("opennebula.largest-disk", "8M");
    file = site.cache().resolve(Site.ID);
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  private void assertRefused(String why) throws IOException {
    List<Path> before = files();
    assertThatThrownBy(() -> site.handle(site.event(Site.ID, file)))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(why);
    assertThat(files()).isEqualTo(before);
    assertThat(site.frontEnd().admin().images()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  @DisplayName("names that climb out or are absolute")
  void names() throws IOException {
    for (String name :
        List.of("../escaped", "a/../../escaped", "/tmp/escaped", "..", "..\\escaped", "./../x")) {
      try (Ova ova = new Ova(file)) {
        ova.description("disk1.vmdk").file("disk1.vmdk", new byte[512]).file(name, new byte[9]);
      }
      assertRefused("leads out of it");
    }
  }

  @Test
  @DisplayName("links, devices, pipes and directories")
  void specials() throws IOException {
    byte[] types = {
      TarConstants.LF_LINK,
      TarConstants.LF_SYMLINK,
      TarConstants.LF_CHR,
      TarConstants.LF_BLK,
      TarConstants.LF_FIFO,
      TarConstants.LF_DIR
    };
    for (byte type : types) {
      try (Ova ova = new Ova(file)) {
        ova.special("disk1.vmdk", type, "/etc/shadow").description("disk1.vmdk");
      }
      assertRefused("not a plain file");
    }
  }

  @Test
  @DisplayName("10,000 entries")
  void manyEntries() throws IOException {
    try (Ova ova = new Ova(file)) {
      for (int i = 0; i < 10_000; i++) {
        ova.file("file-" + i, new byte[0]);
      }
    }
    assertRefused("more than 100 entries");
  }

  @Test
  @DisplayName("a disk that unpacks to more than is allowed")
  void bomb() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      for (int megabyte = 0; megabyte < 64; megabyte++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    try (Ova ova = new Ova(file)) {
      ova.description("disk1.vmdk.gz").file("disk1.vmdk.gz", zipped.toByteArray());
    }
    assertRefused("unpacks to more than");
  }

  @Test
  @DisplayName("an entry that says it is larger than is allowed")
  void hugeEntry() throws IOException {
    try (Ova ova = new Ova(file)) {
      ova.description("disk1.vmdk").file("disk1.vmdk", new byte[9 << 20]);
    }
    assertRefused("too large");
  }

  @Test
  @DisplayName("a truncated archive, and one with a broken header")
  void truncated() throws IOException {
    try (Ova ova = new Ova(file)) {
      ova.description("disk1.vmdk").file("disk1.vmdk", new byte[100_000]);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {600, 5000, 50_000, 100_000}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("refused");
    }
    byte[] broken = whole.clone();
    for (int i = 124; i < 136; i++) {
      broken[i] = 'x';
    }
    Files.write(file, broken);
    assertRefused("damaged or truncated");
  }

  @Test
  @DisplayName("a header that would be read into memory: a name or a comment of megabytes")
  void hugeHeaders() throws IOException {
    int size = 6 << 20;
    for (byte type :
        new byte[] {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC}) {
      TarArchiveEntry entry = new TarArchiveEntry("x", type);
      entry.setSize(size);
      byte[] header = new byte[512];
      entry.writeEntryHeader(header);
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        out.write(header);
        if (type == TarConstants.LF_PAX_EXTENDED_HEADER_LC) {
          out.write((size + " comment=").getBytes(ISO_8859_1));
        }
        out.setLength(size + 2048L);
      }
      assertRefused("an entry has too many bytes of headers");
      Files.delete(file);
    }
  }

  @Test
  @DisplayName("a description with an external entity, and one of many megabytes")
  void descriptions() throws IOException {
    String entity =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/shadow\">]><Envelope>&e;</Envelope>";
    try (Ova ova = new Ova(file)) {
      ova.file("vm.ovf", entity.getBytes(UTF_8)).file("disk1.vmdk", new byte[512]);
    }
    assertRefused("description is malformed");
    try (Ova ova = new Ova(file)) {
      ova.file("vm.ovf", new byte[2 << 20]).file("disk1.vmdk", new byte[512]);
    }
    assertRefused("description is too large");
  }

  @Test
  @DisplayName("an archive without a disk, and one in another")
  void withoutDisk() throws IOException {
    try (Ova ova = new Ova(file)) {
      ova.description("elsewhere.vmdk").file("readme.txt", new byte[10]);
    }
    assertRefused("holds no disk");
    Path inner = directory.resolve("inner");
    try (Ova ova = new Ova(inner)) {
      ova.file("disk1.vmdk", new byte[10]);
    }
    byte[] archive = Files.readAllBytes(inner);
    try (Ova ova = new Ova(file)) {
      ova.file("disk1.vmdk", archive);
    }
    assertRefused("another archive");
  }

  @Test
  @DisplayName("a qcow2 file with a backing file at /etc/shadow, alone and in an OVA")
  void backingFile() throws IOException {
    byte[] image = qcow2(2, 512, 0);
    Files.write(file, image);
    assertRefused("backing file");
    try (Ova ova = new Ova(file)) {
      ova.file("disk1.vmdk", image);
    }
    assertRefused("backing file");
  }

  @Test
  @DisplayName("a qcow2 file with an external data file")
  void dataFile() throws IOException {
    Files.write(file, qcow2(3, 0, 4));
    assertRefused("external data file");
  }

  @Test
  @DisplayName("a qcow2 file that claims to be raw is still seen for what it is")
  void claimsToBeRaw() throws IOException {
    Files.write(file, qcow2(2, 512, 0));
    assertThatThrownBy(() -> site.handle(site.event(Site.ID, file).with("HV_FORMAT", "RAW")))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  @DisplayName("a VMDK descriptor that names another file, alone and in an OVA")
  void descriptor() throws IOException {
    byte[] text =
        "# Disk DescriptorFile\nversion=1\ncreateType=\"monolithicFlat\"\nRW 8 FLAT \"/etc/shadow\" 0\n"
            .getBytes(ISO_8859_1);
    Files.write(file, text);
    assertRefused("descriptor");
    try (Ova ova = new Ova(file)) {
      ova.file("disk1.vmdk", text);
    }
    assertRefused("descriptor");
  }

  @Test
  @DisplayName("a link in the place of the image")
  void link() throws IOException {
    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    List<Path> before = new ArrayList<>(files());
    assertThatThrownBy(
            () ->
                site.handle(
                    site.available("other", "x")
                        .with("DC_IDENTIFIER", Site.ID)
                        .with("FILENAME", Site.ID)))
        .isInstanceOf(VerificationException.class);
    assertThat(files()).containsAll(before);
  }

  private static byte[] qcow2(int version, long backing, long features) {
    ByteBuffer header = ByteBuffer.allocate(1024);
    header.putInt(0x514649fb).putInt(version).putLong(backing).putInt("/etc/shadow".length());
    header.putLong(72, features);
    header.position(512);
    header.put("/etc/shadow".getBytes(ISO_8859_1));
    return header.array();
  }
}
