package io.overc.lxc.layout;

import io.overc.internal.compare.Stamp;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that a source provides.
 *
 * @param path below the shared directory
 * @param source which source, from 0
 * @param allocated bytes on the disk that its removal set free
 * @param own what the container's own file was; compared again before it is removed
 * @param provider what the source's file was
 */
public record ManifestEntry(
    Path path, int source, long allocated, Stamp own, Fingerprint provider) {
  /** Of a file that the container does not have any more. */
  public static final Stamp REMOVED = new Stamp(0, 0, 0, 0, 0);

  /** Takes an entry of a list. */
  @FunctionalInterface
  public interface Consumer {
    void accept(ManifestEntry entry) throws IOException;
  }

  /** Reads a list of entries; one that is missing has none. */
  public static void each(Path list, Consumer consumer) throws IOException {
    Lines.read(list, line -> consumer.accept(parse(line)));
  }

  public String line() {
    return RawPath.encode(path)
        + "\t"
        + source
        + "\t"
        + allocated
        + "\t"
        + Fingerprint.text(own)
        + "\t"
        + provider.text()
        + "\n";
  }

  private static ManifestEntry parse(String line) {
    String[] columns = line.split("\t", -1);
    return new ManifestEntry(
        RawPath.decode(columns[0]),
        Integer.parseInt(columns[1]),
        Long.parseLong(columns[2]),
        Fingerprint.stamp(columns[3]),
        Fingerprint.parse(columns, 4));
  }
}
