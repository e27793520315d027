package io.overc.testkit;

import io.overc.event.OperationOptions;
import io.overc.overlay.OverlaySharing;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@link OverlaySharingContract} needs from a backend, and what its tests have in common. */
public abstract class OverlaySharingKit {
  static final String DIRECTORY = "/data";

  /** For subclasses. */
  protected OverlaySharingKit() {}

  /**
   * Returns a handle on the backend under test.
   *
   * @return a backend; a test asks more than once and must find the same containers, and each test
   *     begins with none
   */
  protected abstract OverlaySharing sharing();

  /**
   * Makes a container that does not run.
   *
   * @param name its name
   * @return its root on this host
   * @throws IOException if it cannot be made
   */
  protected abstract Path create(String name) throws IOException;

  /**
   * Starts a container.
   *
   * @param name its name
   * @return its root, as its processes see it
   */
  protected abstract Path start(String name);

  /**
   * Stops a container.
   *
   * @param name its name
   */
  protected abstract void halt(String name);

  /** Runs a command in a container that runs. */
  protected abstract void inside(String name, String... command);

  /** Makes a container whose directory holds files, named and filled in turn. */
  final Path create(String name, String... files) throws IOException {
    Path directory = create(name).resolve(DIRECTORY.substring(1));
    Files.createDirectories(directory);
    return fill(directory, files);
  }

  static Path fill(Path directory, String... files) throws IOException {
    for (int i = 0; i < files.length; i += 2) {
      Path file = directory.resolve(files[i]);
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, files[i + 1]);
    }
    return directory;
  }

  final SharingResult share(String... sources) {
    return sharing()
        .share(
            "web",
            List.of(DIRECTORY),
            List.of(sources),
            WhenRunning.REFUSE,
            OperationOptions.defaults());
  }

  final StopResult stop() {
    return sharing()
        .stop("web", List.of(DIRECTORY), WhenRunning.REFUSE, OperationOptions.defaults());
  }

  /** Returns what a container sees in the directory; leaves it stopped. */
  final Map<String, String> seen(String name) throws IOException {
    try {
      return contents(start(name).resolve(DIRECTORY.substring(1)));
    } finally {
      halt(name);
    }
  }

  /** Returns mode and content of every file, by its path. */
  static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        String mode =
            Files.isSymbolicLink(file)
                ? "->" + Files.readSymbolicLink(file)
                : PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        String content =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "";
        found.put(directory.relativize(file).toString(), mode + " " + content);
      }
    }
    return found;
  }
}
