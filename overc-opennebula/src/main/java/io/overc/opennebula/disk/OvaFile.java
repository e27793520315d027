package io.overc.opennebula.disk;

import io.overc.error.VerificationException;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Extracts the disk from an OVA. Every entry is checked before anything is written; then one file
 * is written, under a name that does not come from the archive.
 */
final class OvaFile {
  private static final int LARGEST_OVF = 1 << 20;

  private final Path file;
  private final DiskOptions options;

  OvaFile(Path file, DiskOptions options) {
    this.file = file;
    this.options = options;
  }

  /** Finds the disk and writes it to a file. */
  void extractDisk(Path to) {
    try {
      String disk = disk();
      try (LimitedTar tar = open()) {
        for (TarArchiveEntry e = next(tar); e != null; e = next(tar)) {
          if (name(e).equals(disk)) {
            write(tar, disk, to);
            return;
          }
        }
      }
    } catch (OvaDamagedException e) {
      throw refuse(String.valueOf(e.getMessage()), e.getCause());
    } catch (IOException e) {
      throw IoErrors.failed("unpack " + file + " to " + to, e);
    }
  }

  private String disk() throws IOException {
    List<String> names = new ArrayList<>();
    byte[] ovf = {};
    try (LimitedTar tar = open()) {
      for (TarArchiveEntry e = next(tar); e != null; e = next(tar)) {
        guard(e);
        names.add(name(e));
        if (names.size() > options.entries()) {
          throw refuse("it has more than " + options.entries() + " entries", null);
        }
        if (ovf.length == 0 && name(e).toLowerCase(Locale.ROOT).endsWith(".ovf")) {
          ovf = read(tar, LARGEST_OVF, "its description");
        }
      }
    }
    Optional<String> described = ovf.length == 0 ? Optional.empty() : described(ovf);
    return described
        .filter(names::contains)
        .or(() -> names.stream().filter(name -> name.contains("disk1.")).findFirst())
        .orElseThrow(() -> refuse("it holds no disk: neither one its OVF names nor a disk1", null));
  }

  private Optional<String> described(byte[] ovf) throws IOException {
    try {
      return OvfDisk.file(ovf);
    } catch (SAXException e) {
      throw refuse("its description is malformed", e);
    }
  }

  /** Refuses what a disk image never needs: links, devices, directories, names that lead away. */
  private void guard(TarArchiveEntry entry) {
    String name = entry.getName();
    boolean away = name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0;
    for (String part : name.split("/", -1)) {
      away |= part.equals("..");
    }
    if (away) {
      throw refuse("the name of its entry '" + printable(name) + "' leads out of it", null);
    }
    // TarArchiveEntry.isFile takes devices and links for files too.
    byte type = entry.getLinkFlag();
    boolean plain = type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM;
    if (!plain || entry.isDirectory() || entry.isSparse()) {
      throw refuse("its entry '" + printable(name) + "' is not a plain file", null);
    }
    if (entry.getSize() < 0 || entry.getSize() > options.largestDisk()) {
      throw refuse("its entry '" + printable(name) + "' is too large", null);
    }
  }

  private void write(InputStream in, String disk, Path to) throws IOException {
    InputStream content = disk.endsWith(".gz") ? unzip(in) : in;
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[1 << 16];
      long done = 0;
      for (int n = get(content, buffer); n >= 0; n = get(content, buffer)) {
        Cancellation.check("unpacking " + file);
        done += n;
        if (done > options.largestDisk()) {
          throw refuse("its disk unpacks to more than " + options.largestDisk() + " bytes", null);
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private byte[] read(InputStream in, int limit, String what) throws IOException {
    try {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw refuse(what + " is too large", null);
      }
      return bytes;
    } catch (IOException e) {
      throw new OvaDamagedException(e);
    }
  }

  private static InputStream unzip(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in);
    } catch (IOException e) {
      throw new OvaDamagedException(e);
    }
  }

  /** Tells a damaged archive from a file that cannot be written. */
  private static int get(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new OvaDamagedException(e);
    }
  }

  private @Nullable TarArchiveEntry next(LimitedTar tar) throws IOException {
    Cancellation.check("unpacking " + file);
    try {
      return tar.next();
    } catch (IOException | IllegalArgumentException e) {
      throw new OvaDamagedException(e);
    }
  }

  private LimitedTar open() throws IOException {
    return LimitedTar.of(file);
  }

  private static String name(TarArchiveEntry entry) {
    String name = entry.getName();
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static String printable(String name) {
    String text = name.replaceAll("[^\\x20-\\x7e]", "?");
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  private VerificationException refuse(String why, @Nullable Throwable cause) {
    VerificationException refused =
        new VerificationException("The OVA " + file + " is refused: " + why);
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }

  /** Signals that the archive, not the disk it is unpacked to, is at fault. */
  private static final class OvaDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    OvaDamagedException(Exception cause) {
      super("it is damaged or truncated: " + cause.getMessage(), cause);
    }
  }
}
