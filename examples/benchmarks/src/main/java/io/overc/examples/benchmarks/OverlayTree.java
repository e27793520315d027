package io.overc.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Makes the trees of {@link OverlayBenchmark}: a container and a source of as many files each, four
 * fifths of them the same, a tenth of the same name with other bytes (half of these of the same
 * size), and a tenth on each side alone. The same seed makes the same trees.
 *
 * @param container the one
 * @param source the other
 */
record OverlayTree(Path container, Path source) {
  private static final int PER_DIRECTORY = 15;
  private static final int LONGEST = 400_000;

  /** Makes trees with sizes as in a machine's root: many small files, few large ones. */
  static OverlayTree create(Path parent, int files) throws IOException {
    return create(parent, files, 7.3, 1.3);
  }

  /** Makes trees of tiny files, where only their number matters. */
  static OverlayTree createTiny(Path parent, int files) throws IOException {
    return create(parent, files, 1, 0);
  }

  private static OverlayTree create(Path parent, int files, double mean, double deviation)
      throws IOException {
    OverlayTree tree =
        new OverlayTree(
            Files.createDirectories(parent.resolve("container")),
            Files.createDirectories(parent.resolve("source")));
    Random random = new Random(files);
    byte[] buffer = new byte[LONGEST];
    for (int i = 0; i < files; i++) {
      int size = (int) Math.min(LONGEST, 1 + Math.exp(mean + deviation * random.nextGaussian()));
      byte[] bytes = Arrays.copyOf(buffer, size);
      random.nextBytes(bytes);
      tree.make(i, bytes);
    }
    return tree;
  }

  private void make(int number, byte[] bytes) throws IOException {
    String name = "file" + number + ".dat";
    Path below = directory(number);
    switch (number % 20) {
      case 0, 1 -> {
        write(container.resolve(below), name, bytes);
        write(source.resolve(below), "other" + name, bytes);
      }
      case 2 -> {
        write(container.resolve(below), name, bytes);
        write(source.resolve(below), name, Arrays.copyOf(bytes, bytes.length + 1));
      }
      case 3 -> {
        write(container.resolve(below), name, bytes);
        bytes[bytes.length - 1] ^= 1;
        write(source.resolve(below), name, bytes);
      }
      default -> {
        write(container.resolve(below), name, bytes);
        write(source.resolve(below), name, bytes);
      }
    }
  }

  private static Path directory(int number) {
    int directory = number / PER_DIRECTORY;
    return Path.of("d" + directory / 256, "d" + directory / 16 % 16, "d" + directory % 16);
  }

  private static void write(Path directory, String name, byte[] bytes) throws IOException {
    Files.write(Files.createDirectories(directory).resolve(name), bytes);
  }
}
