package io.overc.lxc.disk;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.utils.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive to its end before anything is unpacked: whole, no larger than allowed, and no
 * entry that would land outside of the directory it is unpacked into.
 */
public final class ArchiveCheck {
  /** More files than any root file system has; each costs an inode. */
  private static final long MOST_ENTRIES = 5_000_000;

  /**
   * Entries that are no files make bytes only of headers, so a limit on sizes alone would not see
   * an archive of endless names.
   */
  private static final int HEADER = 512;

  /** Names, attributes and maps of holes of one entry: all of it is held in memory. */
  private static final int LONGEST_HEADERS = 4 << 20;

  /** What a path may have here, and what all links together. */
  private static final int LONGEST_NAME = 4096;

  private static final long LONGEST_LINKS = 64L << 20;

  private final Path archive;
  private final long limit;
  private final Set<String> links = new HashSet<>();
  private final Set<String> top = new HashSet<>();
  private long entries;
  private long bytes;
  private long lengthOfLinks;

  private ArchiveCheck(Path archive, long limit) {
    this.archive = archive;
    this.limit = limit;
  }

  /** Returns the names at the top of an archive, which must be whole and not climb out. */
  public static Set<String> run(Path archive, long limit) {
    ArchiveCheck check = new ArchiveCheck(archive, limit);
    try (LimitedInput in = new LimitedInput(ArchiveReader.open(archive), limit, archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      TarArchiveEntry entry;
      while ((entry = in.within(LONGEST_HEADERS, tar::getNextEntry)) != null) {
        Cancellation.check("reading " + archive);
        check.entry(entry);
        // So that what comes with the next entry is its headers only.
        IOUtils.skip(tar, Long.MAX_VALUE);
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (OvercException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new VerificationException(
          archive
              + " is not a complete tar archive: "
              + e.getMessage()
              + "; fetch or make it again");
    }
    if (check.entries == 0) {
      throw new VerificationException(archive + " is not a tar archive, or an empty one");
    }
    return check.top;
  }

  private void entry(TarArchiveEntry entry) {
    String name = entry.getName();
    if (name.length() > LONGEST_NAME) {
      throw new VerificationException(
          archive + " has an entry whose name is longer than any path: it is damaged");
    }
    List<String> parts = parts(name, "entry");
    entries++;
    bytes += HEADER + entry.getRealSize();
    if (entries > MOST_ENTRIES || lengthOfLinks > LONGEST_LINKS || bytes > limit) {
      throw new VerificationException(
          "%s has more than %d bytes, or too many entries, when it is unpacked; raise lxc.image-limit if it may"
              .formatted(archive, limit));
    }
    // Something below a name that was a link before would land where the link points to.
    StringBuilder above = new StringBuilder();
    for (int i = 0; i < parts.size() - 1; i++) {
      above.append('/').append(parts.get(i));
      if (links.contains(above.toString())) {
        throw climbs("entry", name + " (below a link)");
      }
    }
    if (!parts.isEmpty()) {
      top.add(parts.get(0));
      String path = "/" + String.join("/", parts);
      if (entry.isSymbolicLink()) {
        lengthOfLinks += path.length();
        links.add(path);
      } else {
        links.remove(path);
      }
    }
    if (entry.isLink()) {
      parts(entry.getLinkName(), "hard link");
    }
  }

  private List<String> parts(String name, String what) {
    if (name.startsWith("/") || name.isEmpty()) {
      throw climbs(what, name);
    }
    List<String> parts = new ArrayList<>(List.of(name.split("/", -1)));
    parts.removeIf(part -> part.isEmpty() || part.equals("."));
    if (parts.contains("..")) {
      throw climbs(what, name);
    }
    return parts;
  }

  private VerificationException climbs(String what, String name) {
    String shown = (name.length() > 200 ? name.substring(0, 200) + "…" : name);
    return new VerificationException(
        "%s has the %s '%s', which would land outside of the container; nothing was unpacked"
            .formatted(archive, what, Printable.line(shown)));
  }

  private interface Headers {
    @Nullable TarArchiveEntry read() throws IOException;
  }

  /** Ends a bomb while it is read, before its headers are believed. */
  private static final class LimitedInput extends FilterInputStream {
    private final long limit;
    private final Path archive;
    private long read;
    private long end = Long.MAX_VALUE;

    LimitedInput(InputStream in, long limit, Path archive) {
      super(in);
      // Room for the padding of each file and the end of the archive.
      this.limit = limit + (limit >> 3) + (1 << 20);
      this.archive = archive;
    }

    /** Reads something that may take so many bytes. */
    @Nullable TarArchiveEntry within(long most, Headers headers) throws IOException {
      end = read + most;
      TarArchiveEntry entry = headers.read();
      end = Long.MAX_VALUE;
      return entry;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Cancellation.check("reading " + archive);
      int some = super.read(buffer, offset, length);
      count(Math.max(0, some));
      return some;
    }

    @Override
    public long skip(long n) throws IOException {
      long some = super.skip(n);
      count(some);
      return some;
    }

    private void count(long some) {
      read += some;
      if (read > end) {
        throw new VerificationException(
            "%s has an entry with more than %d bytes of headers: it is damaged, or made to take memory"
                .formatted(archive, LONGEST_HEADERS));
      }
      if (read > limit) {
        throw new VerificationException(
            "%s unpacks to more than %d bytes; raise lxc.image-limit if it may"
                .formatted(archive, limit));
      }
    }
  }
}
