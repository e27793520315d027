package io.overc.btrfs.snapshot;

import io.overc.error.VerificationException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the comments of one subject in one file, replaced as a whole: reading a thousand files
 * takes longer than the tool takes to list a thousand subvolumes.
 *
 * <p>A line is an id, a blank and the comment in Base64 (UTF-8). A comment without its snapshot is
 * what a killed operation left; it does no harm and goes with the next change.
 */
final class Comments {
  private static final int LONGEST = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Comments.class);

  private final Path file;

  Comments(Path root, String subject) {
    this.file = root.resolve(".comments-" + subject);
  }

  /** Reads all comments; fails if one is damaged, for what is not read is not written again. */
  Map<String, String> read() throws IOException {
    Map<String, String> comments = new TreeMap<>();
    List<String> damaged = readInto(comments);
    if (!damaged.isEmpty()) {
      throw new VerificationException(
          file + " is damaged: repair or remove it; the snapshots themselves are not concerned");
    }
    return comments;
  }

  /** Reads the comments that can be read; one that cannot hides no other. */
  Map<String, String> readable() throws IOException {
    Map<String, String> comments = new TreeMap<>();
    List<String> damaged = readInto(comments);
    if (!damaged.isEmpty()) {
      LOG.warn("{} of the comments in {} are damaged", damaged.size(), file);
    }
    return comments;
  }

  private List<String> readInto(Map<String, String> comments) throws IOException {
    List<String> damaged = new ArrayList<>();
    try {
      for (String line : BoundedFiles.lines(file, LONGEST)) {
        int blank = line.indexOf(' ');
        if (blank < 0) {
          damaged.add(line);
          continue;
        }
        try {
          byte[] text = Base64.getDecoder().decode(line.substring(blank + 1));
          comments.put(line.substring(0, blank), new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          damaged.add(line);
        }
      }
    } catch (NoSuchFileException e) {
      return damaged;
    }
    return damaged;
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
