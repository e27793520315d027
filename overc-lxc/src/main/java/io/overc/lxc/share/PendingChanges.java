package io.overc.lxc.share;

import io.overc.error.VerificationException;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharingArea;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps the changes of a container that wait for it to stop, in the order in which they came. */
final class PendingChanges {
  private final ChangeContext steps;
  private final Path file;

  PendingChanges(ChangeContext steps, SharingArea area) {
    this.steps = steps;
    this.file = area.pending();
  }

  List<PendingChange> list() {
    return Disk.read(file).stream().flatMap(String::lines).map(this::parse).toList();
  }

  void add(PendingChange change) {
    List<PendingChange> all = new ArrayList<>(list());
    all.add(change);
    write(all);
  }

  void remove(PendingChange change) {
    List<PendingChange> left = new ArrayList<>(list());
    left.remove(change);
    write(left);
  }

  private void write(List<PendingChange> all) {
    String text = all.stream().map(PendingChanges::line).collect(Collectors.joining());
    steps.run(
        "write pending",
        "write " + file,
        () -> {
          if (all.isEmpty()) {
            Disk.deleteDurably(file);
          } else {
            Disk.write(file, text);
          }
        });
  }

  private static String line(PendingChange change) {
    return (change.share() ? "share" : "stop")
        + "\t"
        + words(change.directories())
        + "\t"
        + words(change.sources())
        + "\n";
  }

  private PendingChange parse(String line) {
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
    return Arrays.stream(words.split(",", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
        .toList();
  }
}
