package io.overc.docker.testkit;

import io.overc.config.Config;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives tests an engine with an image of busybox and a network: the engine that {@code DOCKER_HOST}
 * names, else the one that runs, else a private one for the whole run. What a test makes there has
 * names of its own, and is removed at the end.
 */
public final class TestEngine implements AutoCloseable {
  private static @Nullable TestEngine shared;

  private final List<String> command;
  private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final @Nullable PrivateEngine own;

  private final Map<String, String> settings;
  private final Set<String> images = new TreeSet<>();

  private TestEngine(
      List<String> command, @Nullable PrivateEngine own, Map<String, String> settings) {
    this.command = List.copyOf(command);
    this.own = own;
    this.settings = Map.copyOf(settings);
    importBase();
    must("network", "create", network());
  }

  /**
   * Returns the engine that all tests of this JVM share, or skips the test with a reason.
   *
   * @return the engine
   */
  public static synchronized TestEngine shared() {
    Real.root();
    Real.tools("docker", "busybox", "tar");
    TestEngine engine = shared;
    if (engine == null) {
      if (!available()) {
        Real.tools("dockerd");
      }
      engine = any();
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "test-engine"));
      shared = engine;
    }
    return engine;
  }

  /**
   * Prepares an engine of its own for a test that breaks it.
   *
   * @param engine the engine; closed with this
   * @return the engine, with an image and a network
   */
  public static TestEngine on(PrivateEngine engine) {
    return new TestEngine(List.of("docker", "--host", engine.host()), engine, Map.of());
  }

  /**
   * Prepares another command that understands what docker does.
   *
   * @param command the command with its options
   * @param settings what its configuration has beside what all have
   * @return the engine, with an image and a network
   */
  public static TestEngine of(List<String> command, Map<String, String> settings) {
    return new TestEngine(command, null, settings);
  }

  /**
   * Returns the docker command.
   *
   * @return with its options
   */
  public List<String> command() {
    return command;
  }

  /**
   * Returns the name of the image that holds busybox.
   *
   * @return a name of this run's own
   */
  public String base() {
    return "overc-test-" + id + ":1";
  }

  /**
   * Returns an image of busybox that differs in its configuration; made once for this engine.
   *
   * @param name tells it from others
   * @param change what {@code docker commit --change} takes
   * @return its name
   */
  public synchronized String image(String name, String change) {
    String image = "overc-test-" + id + "-" + name + ":1";
    if (images.add(image)) {
      must("create", "--name", "overc-test-" + id + "-" + name, base(), "true");
      must("commit", "--change", change, "overc-test-" + id + "-" + name, image);
      must("rm", "overc-test-" + id + "-" + name);
    }
    return image;
  }

  /**
   * Returns the name of the network for services.
   *
   * @return a name of this run's own
   */
  public String network() {
    return "overc-test-" + id;
  }

  /**
   * Returns a configuration for the backends: the operating system {@code busybox/1} is {@link
   * #base}.
   *
   * @param more pairs of key and value
   * @return the configuration
   */
  public Config config(String... more) {
    Map<String, String> values = values();
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return Config.of(values);
  }

  /**
   * Returns what {@link #config} sets, for the configuration file of another process.
   *
   * @return values by key
   */
  public Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("docker.command", String.join(" ", command));
    values.put("docker.images", "busybox/1=" + base());
    values.put("docker.network", network());
    values.put("query.image", base());
    values.put("docker.stop-timeout", "5s");
    values.putAll(settings);
    return values;
  }

  /**
   * Calls docker.
   *
   * @param arguments the arguments
   * @return its result
   */
  public CommandResult docker(String... arguments) {
    return CommandRunner.system()
        .run(
            Command.of(command)
                .arguments(arguments)
                .outputLimit(1 << 26)
                .timeout(Duration.ofMinutes(2))
                .build());
  }

  /**
   * Calls docker, which must succeed.
   *
   * @param arguments the arguments
   * @return what it printed, without the last line end
   */
  public String must(String... arguments) {
    return docker(arguments).orThrow("prepare a test").stdout().strip();
  }

  /** Removes what this run made, and a private engine with it. */
  @Override
  public void close() {
    if (own != null) {
      own.close();
      return;
    }
    docker("network", "rm", network());
    images.forEach(image -> docker("rmi", "--force", image));
    docker("rmi", "--force", base());
  }

  /**
   * Returns the engine that runs, or a private one; for programs, which have no tests to skip.
   *
   * @return the engine, to be closed
   */
  public static TestEngine any() {
    return available()
        ? new TestEngine(List.of("docker"), null, Map.of())
        : on(PrivateEngine.start());
  }

  private static boolean available() {
    return System.getenv("DOCKER_HOST") != null || PrivateEngine.answers(List.of("docker"));
  }

  private void importBase() {
    Path tree = null;
    try {
      tree = Files.createTempDirectory("overc-busybox");
      String busybox = Tools.find("busybox").map(Path::toString).orElseThrow();
      for (String directory : List.of("bin", "etc", "tmp", "root", "srv", "var")) {
        Files.createDirectory(tree.resolve(directory));
      }
      Files.copy(Path.of(busybox), tree.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
      for (String applet : applets(busybox)) {
        if (!applet.equals("busybox")) {
          Files.createSymbolicLink(tree.resolve("bin").resolve(applet), Path.of("busybox"));
        }
      }
      Files.writeString(tree.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
      Path archive = tree.resolveSibling(tree.getFileName() + ".tar");
      run(List.of("tar", "-C", tree.toString(), "-cf", archive.toString(), "."));
      must("import", archive.toString(), base());
      Files.delete(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(tree);
    }
  }

  private static List<String> applets(String busybox) {
    return new ArrayList<>(run(List.of(busybox, "--list")).lines().toList());
  }

  private static CommandResult run(List<String> command) {
    return CommandRunner.system().run(Command.of(command).build()).orThrow("prepare a test");
  }

  static void delete(@Nullable Path tree) {
    if (tree == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
