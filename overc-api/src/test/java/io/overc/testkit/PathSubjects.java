package io.overc.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Subjects that are directories of one directory; each says something in a file. */
public final class PathSubjects {
  private static final String SAYS = "says";

  private final Path root;

  /**
   * Names the directory.
   *
   * @param root where the subjects are
   */
  public PathSubjects(Path root) {
    this.root = root;
  }

  /**
   * Returns where a subject is.
   *
   * @param name its name
   * @return the directory
   */
  public Path path(String name) {
    return root.resolve(name);
  }

  /**
   * Makes a subject say something.
   *
   * @param name its name
   * @param text what it says
   * @throws IOException if it cannot be written
   */
  public void write(String name, String text) throws IOException {
    Files.createDirectories(path(name));
    Files.writeString(path(name).resolve(SAYS), text);
  }

  /**
   * Returns what a subject says.
   *
   * @param name its name
   * @return the text, or empty if there is no such subject
   * @throws IOException if it cannot be read
   */
  public Optional<String> read(String name) throws IOException {
    return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.readString(path(name).resolve(SAYS)))
        : Optional.empty();
  }

  /**
   * Returns what is hidden in directories and is not the file of a lock.
   *
   * @param directories where to look
   * @return names that begin with a dot
   * @throws IOException if they cannot be read
   */
  public static List<String> hidden(Path... directories) throws IOException {
    List<String> hidden = new ArrayList<>();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> entries = Files.list(directory)) {
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.startsWith(".") && !name.startsWith(".lock-"))
              .forEach(hidden::add);
        }
      }
    }
    return hidden;
  }
}
