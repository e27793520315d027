package io.overc.btrfs.snapshot;

import io.overc.error.VerificationException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the comments of one subject in one file, replaced as a whole: reading a thousand files
 * takes longer than the tool takes to list a thousand subvolumes.
 *
 * <p>A line is an id, a blank and the comment in Base64 (UTF-8). A comment without its snapshot is
 * what a killed operation left; it does no harm and goes with the next change.
 */
final class Comments {
  private static final int LONGEST = 64 << 20;

  private final Path file;

  Comments(Path root, String subject) {
    this.file = root.resolve(".comments-" + subject);
  }

  Map<String, String> read() throws IOException {
    Map<String, String> comments = new TreeMap<>();
    try {
      for (String line : BoundedFiles.lines(file, LONGEST)) {
        int blank = line.indexOf(' ');
        byte[] text = Base64.getDecoder().decode(line.substring(blank + 1));
        comments.put(line.substring(0, blank), new String(text, StandardCharsets.UTF_8));
      }
      return comments;
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new VerificationException(
          file + " is damaged: repair or remove it; the snapshots themselves are not concerned");
    }
  }

  void write(Map<String, String> comments) throws IOException {
    DurableFiles.write(
        file,
        comments.entrySet().stream()
            .map(entry -> entry.getKey() + " " + encode(entry.getValue()) + "\n")
            .collect(Collectors.joining()));
  }

  private static String encode(String comment) {
    return Base64.getEncoder().encodeToString(comment.getBytes(StandardCharsets.UTF_8));
  }
}
