package io.overc.lxc.layout;

import io.overc.error.VerificationException;
import io.overc.lxc.disk.Disk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Remembers which change of a container's sharing is under way. Which of the two layouts counts is
 * not in it but in the config: a layout that the config names is finished, another one is dropped.
 *
 * @param kind what is being done
 * @param layouts the numbers of the layouts that come, or go
 */
public record SharingJournal(Kind kind, List<Integer> layouts) {
  public enum Kind {
    /** Layouts come; those that they replace, if any, go when the config does not name them. */
    SHARE,
    /** Layouts go: files are copied back until the config has lost the sources. */
    STOP
  }

  public SharingJournal {
    layouts = List.copyOf(layouts);
  }

  public void write(SharingArea area) {
    Disk.write(
        area.journal(),
        kind.name().toLowerCase(Locale.ROOT)
            + layouts.stream().map(n -> " " + n).collect(Collectors.joining())
            + "\n");
  }

  public static Optional<SharingJournal> read(Path file) {
    return Disk.read(file).map(text -> parse(file, text));
  }

  private static SharingJournal parse(Path file, String text) {
    try {
      List<String> words = Arrays.asList(text.strip().split(" ", -1));
      return new SharingJournal(
          Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
          words.stream().skip(1).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw new VerificationException(
          "%s is not a journal ('%s'): compare the lxc.mount.entry lines of the config beside it with what is in sharing, then delete it"
              .formatted(file, text.strip()));
    }
  }
}
