package io.overc.internal.file;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What the next process must know of an operation if this one dies: a small file of {@code
 * key=value} lines that ends in a checksum, so that half of it is never taken for the whole.
 */
public final class JournalFile {
  private static final String CHECK = "check=";
  private static final byte[] NOTHING = {};

  private final Path file;
  private final String shown;
  private final Remedy repair;

  public JournalFile(Path file, String shown, Remedy repair) {
    this.file = file;
    this.shown = shown;
    this.repair = repair;
  }

  /**
   * Returns what the file holds; empty if it is not there, or empty itself, as a power cut may
   * leave it after a {@link #note}, never after a {@link #write}.
   */
  public Optional<Map<String, String>> read() throws IOException {
    byte[] bytes = BoundedFiles.readIfExists(file, BoundedFiles.SMALL).orElse(NOTHING);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    String text = ForeignText.latin(bytes);
    int end = text.lastIndexOf(CHECK);
    if (end < 0 || !text.substring(end).strip().equals(CHECK + checksum(text.substring(0, end)))) {
      throw corrupt("its checksum does not match");
    }
    Map<String, String> values = new TreeMap<>();
    text.substring(0, end)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1]));
    return Optional.of(values);
  }

  public void write(Map<String, String> values) throws IOException {
    DurableFiles.write(prepared(), text(values));
  }

  /** Writes the file; it is included in the next commit of its file system. */
  public void writeBeforeCommit(Map<String, String> values) throws IOException {
    DurableFiles.writeBeforeCommit(prepared(), text(values));
  }

  /** Writes the file; it is durable when the file system commits. */
  public void note(Map<String, String> values) throws IOException {
    DurableFiles.note(prepared(), text(values));
  }

  /** Deletes the file, if it is there; durable when the file system commits. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private Path prepared() throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    return file;
  }

  private static byte[] text(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values).forEach((key, value) -> text.append(key + "=" + value + "\n"));
    return ForeignText.bytes(text + CHECK + checksum(text.toString()) + "\n");
  }

  public VerificationException corrupt(String why) {
    return new VerificationException(
        shown + " is corrupt: " + why + "; nothing was changed", repair);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(ForeignText.bytes(text));
    return Long.toHexString(crc.getValue());
  }
}
