package io.overc.lxc.disk;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.internal.file.LimitedInput;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
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
    // Room for the padding of each file and the end of the archive.
    long most = limit + (limit >> 3) + (1 << 20);
    try (LimitedInput in = new LimitedInput(ArchiveReader.open(archive), most);
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      TarArchiveEntry entry;
      while ((entry = next(tar, in)) != null) {
        Cancellation.check("reading " + archive);
        check.entry(entry);
        IOUtils.skip(tar, Long.MAX_VALUE);
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (OvercException e) {
      throw e;
    } catch (LimitedInput.ExceededException e) {
      throw new VerificationException(
          "%s is refused: %s; %s"
              .formatted(
                  archive,
                  e.getMessage(),
                  e.inAll()
                      ? "raise lxc.image-limit if it may"
                      : "it is damaged, or made to take memory"));
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

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, LimitedInput in)
      throws IOException {
    return in.headers(LONGEST_HEADERS, tar::getNextEntry);
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
}
