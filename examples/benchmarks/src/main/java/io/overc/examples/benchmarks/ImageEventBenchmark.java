package io.overc.examples.benchmarks;

import io.overc.Overc;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageResult;
import io.overc.opennebula.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Registers images in the OpenNebula front-end of the tests: one batch in one JVM beside a process
 * for each event, which is how VMcatcher runs its handlers.
 */
final class ImageEventBenchmark implements Benchmark {
  private static final int BATCH = 200;

  private int number;

  @Override
  public String name() {
    return "image-events";
  }

  @Override
  public String summary() {
    return "register images in OpenNebula: a batch of events beside a process for each event";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    operation.step("handle events both ways, turn by turn");
    Path directory = Files.createTempDirectory("overc-events");
    try (Site site = new Site(directory)) {
      ImageListHandler handler = Overc.load(site.config()).imageListHandler("opennebula");
      Duel.Medians medians = new Duel(2, 7).run(() -> batch(site, handler), () -> process(site));
      return List.of(
          Result.ratio(
              "one of %d image events (%.0f a second)".formatted(BATCH, 1e9 / medians.ours()),
              medians.ours(),
              "a process per event (%.1f a second)".formatted(1e9 / medians.peer()),
              medians.peer(),
              0.2));
    } finally {
      delete(directory);
    }
  }

  /** Returns the time of one event of a batch. */
  private long batch(Site site, ImageListHandler handler) throws Exception {
    List<ImageEvent> events = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      events.add(event(site));
    }
    long took =
        Duel.time(
            () -> {
              for (ImageResult result : handler.handleAll(events, OperationOptions.defaults())) {
                if (result.failure().isPresent()) {
                  throw new IOException(result.failure().get());
                }
              }
            });
    return took / BATCH;
  }

  private long process(Site site) throws Exception {
    ImageEvent event = event(site);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                OneImageEvent.class.getName())
            .inheritIO();
    builder.environment().putAll(event.variables());
    site.settings()
        .forEach(
            (key, value) ->
                builder
                    .environment()
                    .put("OVERC_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    return Duel.time(
        () -> {
          if (builder.start().waitFor() != 0) {
            throw new IOException("the process failed");
          }
        });
  }

  private ImageEvent event(Site site) {
    number++;
    return site.available("image-" + number, "content " + number);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
