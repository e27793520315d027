package io.overc.opennebula;

import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.testkit.FaultInjector;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Handles one event in a JVM of its own, which can be killed at any point. */
final class HandlerProcess {
  private HandlerProcess() {}

  /** Runs the child; returns its exit code, 137 if it was killed. */
  static int run(Site site, ImageEvent event, int killAt, Path directory) {
    return run(site, event, killAt, "-Xmx128m", directory);
  }

  /** Runs the child with a heap of its own; it is never killed if the point is -1. */
  static int run(Site site, ImageEvent event, int killAt, String heap, Path directory) {
    try {
      Process child = start(site, event, killAt, heap, directory, Map.of());
      try {
        if (!child.waitFor(120, TimeUnit.SECONDS)) {
          throw new AssertionError("the child did not end");
        }
        return child.exitValue();
      } finally {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a child that nobody kills, with more variables in its environment. */
  static Process start(
      Site site, ImageEvent event, Path directory, Map<String, String> environment) {
    return start(site, event, -1, "-Xmx128m", directory, environment);
  }

  private static Process start(
      Site site,
      ImageEvent event,
      int killAt,
      String heap,
      Path directory,
      Map<String, String> environment) {
    try {
      Files.createDirectories(directory);
      write(directory.resolve("settings"), site.settings());
      write(directory.resolve("event"), event.variables());
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  heap,
                  "-cp",
                  System.getProperty("java.class.path"),
                  HandlerProcess.class.getName(),
                  directory.toString(),
                  String.valueOf(killAt))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("output").toFile());
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n)));
    return values;
  }

  /** Handles the event that lies in a directory. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    ImageListHandler handler =
        OpenNebulaImageListHandler.builder()
            .config(Config.of(read(directory.resolve("settings"))))
            .environment(Map.of())
            .effects(FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(args[1])))
            .build();
    ImageEvent event = new ImageEvent(new TreeMap<>(read(directory.resolve("event"))));
    System.out.println(handler.handle(event, OperationOptions.defaults()));
  }
}
