package io.overc.lxc.layout;

import io.overc.error.VerificationException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change that waits until its container does not run; without sources, it stops sharing. */
public record PendingChange(boolean share, List<String> directories, List<String> sources) {
  public PendingChange {
    directories = List.copyOf(directories);
    sources = List.copyOf(sources);
  }

  String line() {
    return "%s\t%s\t%s\n".formatted(share ? "share" : "stop", words(directories), words(sources));
  }

  static PendingChange parse(String line, Path file) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 3) {
      throw new VerificationException(
          "%s is damaged ('%s'): delete it, and ask again for what was queued"
              .formatted(file, line));
    }
    return new PendingChange(columns[0].equals("share"), list(columns[1]), list(columns[2]));
  }

  private static String words(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }

  private static List<String> list(String words) {
    return Stream.of(words.split(",", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
        .toList();
  }
}
