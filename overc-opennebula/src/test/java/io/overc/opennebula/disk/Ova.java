package io.overc.opennebula.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes OVA files, good ones and hostile ones. */
public final class Ova implements AutoCloseable {
  private final TarArchiveOutputStream tar;

  /** Begins an archive. */
  public Ova(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    tar = new TarArchiveOutputStream(out);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** Adds a file. */
  public Ova file(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  /** Adds something that is not a file. */
  public Ova special(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    if (type == TarConstants.LF_LINK || type == TarConstants.LF_SYMLINK) {
      entry.setLinkName(target);
    }
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  /** Adds a description that names the file of one disk, the second one in the list of files. */
  public Ova description(String... disks) throws IOException {
    StringBuilder files = new StringBuilder();
    StringBuilder section = new StringBuilder();
    for (int i = 0; i < disks.length; i++) {
      files.append("<File ovf:id=\"file" + i + "\" ovf:href=\"" + disks[i] + "\"/>");
      section.append("<Disk ovf:diskId=\"disk" + i + "\" ovf:fileRef=\"file" + i + "\"/>");
    }
    int boot = disks.length - 1;
    String ovf =
        """
        <?xml version="1.0"?>
        <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="urn:rasd">
        <References>%s</References><DiskSection><Info>disks</Info>%s</DiskSection>
        <VirtualSystem ovf:id="vm"><VirtualHardwareSection>
        <Item><rasd:ResourceType>3</rasd:ResourceType></Item>
        <Item><rasd:HostResource>ovf:/disk/disk%d</rasd:HostResource>
        <rasd:ResourceType>17</rasd:ResourceType></Item>
        </VirtualHardwareSection></VirtualSystem></Envelope>
        """
            .formatted(files, section, boot);
    return file("vm.ovf", ovf.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
