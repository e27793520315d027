package io.overc.testkit;

import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes a directory and its sources, with everything that a tree of a machine may hold; the same
 * seed makes the same trees. Needs root.
 *
 * <p>Names hold blanks, newlines, text and bytes that are no text. There are empty files and
 * directories, deep nesting, set-user-ID, capabilities, access control lists, hard links, sparse
 * files, dangling and circular links, fifos, sockets, devices, files nobody may read, the same
 * content with another mode, owner or attribute, files equal to the second source only, other types
 * in the container than in sources, and sources with whiteouts and opaque directories.
 *
 * @param container the directory
 * @param sources the topmost first
 */
public record GeneratedTree(Path container, List<Path> sources) {
  private static final List<String> NAMES =
      List.of(
          "plain",
          "with blank",
          " leading",
          "new\nline",
          "tab\t",
          "-rf",
          "a:b,c=d",
          "back\\slash",
          "%2e%2e",
          "*",
          "$(id)",
          "ünïcödé",
          "日本語",
          ".hidden",
          ".wh.name",
          "...",
          "'\"",
          "x");
  private static final int DEPTH = 3;
  private static final int DEEP = 40;

  /**
   * Makes trees.
   *
   * @param seed which trees
   * @param container where the directory is made; must not exist, its parent must
   * @param sources where the sources are made; likewise
   * @return what was made
   * @throws IOException if something cannot be made
   */
  public static GeneratedTree create(long seed, Path container, List<Path> sources)
      throws IOException {
    Random random = new Random(seed);
    List<Optional<Path>> layers = new ArrayList<>();
    layers.add(Optional.of(Files.createDirectory(container)));
    for (Path source : sources) {
      layers.add(Optional.of(Files.createDirectory(source)));
    }
    fill(random, layers, DEPTH);
    for (Sample.Kind kind : Sample.Kind.values()) {
      Sample sample = Sample.of(random, kind);
      List<Optional<Sample>> samples = new ArrayList<>();
      layers.forEach(layer -> samples.add(Optional.of(sample)));
      make(random, layers, samples, name("every " + kind), 1);
    }
    onlySecond(random, layers);
    deep(random, layers);
    return new GeneratedTree(container, List.copyOf(sources));
  }

  private static void fill(Random random, List<Optional<Path>> layers, int depth)
      throws IOException {
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      Sample sample = Sample.of(random, Sample.Kind.any(random, depth > 0));
      List<Optional<Sample>> samples = new ArrayList<>();
      for (int layer = 0; layer < layers.size(); layer++) {
        samples.add(sample.variant(random, layer > 0, depth > 0));
      }
      make(random, layers, samples, name(random, i), depth - 1);
    }
  }

  /** Makes one name in all layers, and what is below it where it is a directory. */
  private static void make(
      Random random,
      List<Optional<Path>> layers,
      List<Optional<Sample>> samples,
      byte[] name,
      int depth)
      throws IOException {
    List<Optional<Path>> below = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Optional<Path> made = Optional.empty();
      if (layers.get(i).isPresent() && samples.get(i).isPresent()) {
        Path path = RawPath.resolve(layers.get(i).get(), name);
        Sample sample = samples.get(i).get();
        sample.make(path);
        made = sample.kind() == Sample.Kind.DIRECTORY ? Optional.of(path) : made;
      }
      below.add(made);
    }
    if (depth > 0 && below.stream().anyMatch(Optional::isPresent)) {
      fill(random, below, depth);
    }
  }

  private static void onlySecond(Random random, List<Optional<Path>> layers) throws IOException {
    Sample sample = Sample.of(random, Sample.Kind.FILE);
    List<Optional<Sample>> samples = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      samples.add(Optional.of(i == 1 ? sample.other(random) : sample));
    }
    make(random, layers, samples, name("equal to the second source only"), 0);
  }

  private static void deep(Random random, List<Optional<Path>> layers) throws IOException {
    String deep = "deep/".repeat(DEEP);
    Sample sample = Sample.of(random, Sample.Kind.FILE);
    for (Optional<Path> layer : layers) {
      Path directory = Files.createDirectories(layer.orElseThrow().resolve(deep));
      sample.make(directory.resolve("file"));
    }
    Files.createFile(layers.get(layers.size() - 1).orElseThrow().resolve(deep + "masked"));
  }

  private static byte[] name(Random random, int number) {
    return switch (random.nextInt(10)) {
      case 0 -> new byte[] {(byte) 0xff, (byte) 0xc3, '(', (byte) ('a' + number)};
      case 1 -> name("long".repeat(63) + (number % 10));
      default -> name(NAMES.get(random.nextInt(NAMES.size())) + number);
    };
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
