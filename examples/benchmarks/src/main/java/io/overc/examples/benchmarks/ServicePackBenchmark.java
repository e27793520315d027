package io.overc.examples.benchmarks;

import io.overc.config.Config;
import io.overc.docker.DockerServicePackRunner;
import io.overc.docker.testkit.TestEngine;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Builds, sets up and lists service packs beside the docker commands one would type for the same.
 */
final class ServicePackBenchmark implements Benchmark {
  private static final int SERVICES = 50;

  private final String id = "m" + UUID.randomUUID().toString().substring(0, 8);

  @Override
  public String name() {
    return "service-pack";
  }

  @Override
  public String summary() {
    return "build, set up and list service packs: DockerServicePackRunner beside docker";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    Path directory = Files.createTempDirectory("overc-benchmark");
    try (TestEngine engine = TestEngine.any()) {
      return run(engine, directory, operation);
    } finally {
      delete(directory);
    }
  }

  private List<Result> run(TestEngine engine, Path directory, Operation operation)
      throws Exception {
    try {
      Path pack = pack(directory.resolve("pack"));
      List<Result> results = new ArrayList<>();
      operation.step("build");
      results.add(build(engine, pack));
      operation.step("set up");
      results.add(setup(engine, pack));
      operation.step("list " + SERVICES + " services");
      results.add(list(engine));
      return results;
    } finally {
      cleanUp(engine);
    }
  }

  private Result build(TestEngine engine, Path pack) throws Exception {
    ServicePackRunner runner = runner(engine.config());
    ServicePack opened = runner.open(pack);
    ImageTag image = ImageTag.parse(id + "/base");
    BuildOptions forced = BuildOptions.builder().force(true).build();
    Duel.Medians medians =
        new Duel(2, 9)
            .run(
                () -> {
                  long took =
                      Duel.time(
                          () ->
                              runner.build(
                                  opened,
                                  image,
                                  BuildPhase.BASE,
                                  forced,
                                  OperationOptions.defaults()));
                  engine.must("rmi", image.toString());
                  return took;
                },
                () -> {
                  long took = Duel.time(() -> bare(engine, engine.base(), pack, "base", "base"));
                  engine.must("rmi", id + "/bare-base");
                  return took;
                });
    runner.build(opened, image, BuildPhase.BASE, forced, OperationOptions.defaults());
    return Result.ratio("build", medians.ours(), "docker", medians.peer(), 1.05);
  }

  private Result setup(TestEngine engine, Path pack) throws Exception {
    ServicePackRunner runner = runner(engine.config());
    ServicePack opened = runner.open(pack);
    ImageTag base = ImageTag.parse(id + "/base");
    ImageTag image = ImageTag.parse(id + "/one");
    BuildOptions plain = BuildOptions.defaults();
    Duel.Medians medians =
        new Duel(2, 9)
            .run(
                () -> {
                  long took =
                      Duel.time(
                          () ->
                              runner.setup(
                                  opened, base, image, plain, OperationOptions.defaults()));
                  engine.must("rmi", image.toString());
                  return took;
                },
                () -> {
                  long took =
                      Duel.time(() -> bare(engine, base.toString(), null, "setup", "setup"));
                  engine.must("rmi", id + "/bare-setup");
                  return took;
                });
    runner.setup(opened, base, image, plain, OperationOptions.defaults());
    return Result.ratio("set up", medians.ours(), "docker", medians.peer(), 1.10);
  }

  private Result list(TestEngine engine) {
    ServicePackRunner runner = runner(engine.config("docker.settle", "1ms"));
    for (int i = 0; i < SERVICES; i++) {
      runner.run(ImageTag.parse(id + "/one"), id + "-" + i, OperationOptions.defaults());
    }
    Counting counting = new Counting();
    long found =
        DockerServicePackRunner.builder()
            .config(engine.config())
            .commandRunner(counting)
            .build()
            .list()
            .stream()
            .filter(service -> service.name().startsWith(id))
            .count();
    if (found != SERVICES) {
      throw new IllegalStateException("the list shows " + found + " services of " + SERVICES);
    }
    return Result.count("status of " + SERVICES + " services", counting.calls.get(), "calls", 2);
  }

  /** What one would type: the same container, the same script, the same image. */
  private void bare(
      TestEngine engine, String from, @Nullable Path pack, String phase, String name) {
    String container = id + "-bare";
    engine.must(
        "create",
        "--name",
        container,
        "--init",
        "--network",
        engine.network(),
        "--entrypoint",
        "sleep",
        from,
        "2147483647");
    if (pack != null) {
      engine.must("cp", pack + "/.", container + ":/service");
    }
    engine.must("start", container);
    engine.must("exec", "--workdir", "/service", container, "/service/bin/build", phase);
    engine.must("commit", container, id + "/bare-" + name);
    engine.must("rm", "--force", container);
  }

  private static ServicePackRunner runner(Config config) {
    return DockerServicePackRunner.builder().config(config).build();
  }

  /** Works for half a second: packs in the wild install packages for minutes. */
  private static Path pack(Path directory) throws IOException {
    script(
        directory,
        "query",
        "case $1 in os) echo busybox/1;; secrets) echo PASSWORD;; env) echo HOST=%IP;; esac");
    script(directory, "build", "usleep 500000; echo $1 > /etc/built");
    script(directory, "run", "exec sleep 100000");
    return directory;
  }

  private static void script(Path directory, String name, String line) throws IOException {
    Path file = directory.resolve("bin").resolve(name);
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private void cleanUp(TestEngine engine) {
    List<String> containers =
        engine
            .must("ps", "--all", "--format", "{{.Names}}")
            .lines()
            .filter(name -> name.startsWith(id))
            .toList();
    if (!containers.isEmpty()) {
      List<String> call = new ArrayList<>(List.of("rm", "--force"));
      call.addAll(containers);
      engine.docker(call.toArray(String[]::new));
    }
    for (String image : List.of("one", "base", "bare-setup", "bare-base")) {
      engine.docker("rmi", "--force", id + "/" + image);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Counts the processes that are started. */
  private static final class Counting implements CommandRunner {
    private final CommandRunner system = CommandRunner.system();
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public CommandResult run(Command command) {
      calls.incrementAndGet();
      return system.run(command);
    }

    @Override
    public RunningCommand start(Command command) {
      calls.incrementAndGet();
      return system.start(command);
    }
  }
}
