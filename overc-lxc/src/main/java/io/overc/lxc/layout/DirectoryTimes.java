package io.overc.lxc.layout;

import io.overc.internal.linux.RawPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Writes down when directories were changed last, so that their times can be put back after entries
 * were removed or added: in an overlay, a directory shows the times of the upper layer.
 */
public final class DirectoryTimes implements Closeable {
  private final Path base;
  private final Lines lines;

  public DirectoryTimes(Path base, Path file) throws IOException {
    this.base = base;
    this.lines = new Lines(file);
  }

  /** Adds a directory below the base; the base itself is the empty path. */
  public void add(Path directory) throws IOException {
    Instant time =
        Files.getLastModifiedTime(base.resolve(directory), LinkOption.NOFOLLOW_LINKS).toInstant();
    lines.add(
        time.getEpochSecond() + "\t" + time.getNano() + "\t" + RawPath.encode(directory) + "\n");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Puts the times back; a directory that is gone does not matter. */
  public static void restore(Path base, Path file) throws IOException {
    Lines.read(
        file,
        line -> {
          String[] columns = line.split("\t", 3);
          Path directory = base.resolve(RawPath.decode(columns[2]));
          FileTime time =
              FileTime.from(
                  Instant.ofEpochSecond(Long.parseLong(columns[0]), Long.parseLong(columns[1])));
          if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && !Files.getLastModifiedTime(directory).equals(time)) {
            Files.setLastModifiedTime(directory, time);
          }
        });
  }
}
