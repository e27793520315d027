package io.overc.lxc.layout;

import io.overc.error.Remedy;
import io.overc.internal.file.IoErrors;
import io.overc.internal.file.JournalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which change of a container's sharing is under way. Which of the two layouts counts is
 * not in it but in the config: a layout that the config names is finished, another one is dropped.
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

  public void write(SharingArea area) throws IOException {
    String numbers = String.join(" ", layouts.stream().map(String::valueOf).toList());
    file(area.journal()).write(Map.of("kind", kind.name(), "layouts", numbers));
  }

  public static Optional<SharingJournal> read(Path path) {
    JournalFile file = file(path);
    try {
      return file.read().map(SharingJournal::of);
    } catch (IllegalArgumentException e) {
      throw file.corrupt(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw IoErrors.failed("read the journal " + path, e);
    }
  }

  private static JournalFile file(Path path) {
    return new JournalFile(
        path,
        "The journal " + path,
        Remedy.other(
            "compare the lxc.mount.entry lines of the config beside it with what is in sharing,"
                + " then delete it"));
  }

  private static SharingJournal of(Map<String, String> values) {
    List<Integer> layouts = new ArrayList<>();
    for (String number : values.getOrDefault("layouts", "?").split(" ", -1)) {
      layouts.add(Integer.valueOf(number));
    }
    return new SharingJournal(Kind.valueOf(values.getOrDefault("kind", "")), layouts);
  }
}
