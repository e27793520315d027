package io.overc.btrfs.state;

import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A small file of {@code key=value} lines that ends in a checksum. */
final class StateFile {
  private static final String CHECK = "check=";

  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @return what it holds, or empty if it is not there, or empty itself: a power cut may leave it
   *     like that after a {@link #note}, never after a {@link #write}
   * @throws VerificationException if it does not hold what was written
   */
  Optional<Map<String, String>> read() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    String text = BoundedFiles.latin(file, BoundedFiles.SMALL);
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

  /** Writes the file; it is included in the next commit of its file system. */
  void write(Map<String, String> values) throws IOException {
    DurableFiles.writeBeforeCommit(prepared(), text(values));
  }

  /** Writes the file; it is durable when the file system commits. */
  void note(Map<String, String> values) throws IOException {
    DurableFiles.note(prepared(), text(values));
  }

  /** Deletes the file; durable when the file system commits. */
  void delete() throws IOException {
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

  VerificationException corrupt(String why) {
    return new VerificationException(
        "%s in the top-level subvolume is corrupt: %s; nothing was changed"
            .formatted(Path.of(Layout.STATE).resolve(String.valueOf(file.getFileName())), why),
        Remedy.of(
            Remedy.Action.HOST_STATUS,
            "",
            "check that the status names the right roots, then remove the file and retry"));
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(ForeignText.bytes(text));
    return Long.toHexString(crc.getValue());
  }
}
