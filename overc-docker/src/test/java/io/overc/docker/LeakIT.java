package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.engine.Labels;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.SamplePack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a secret is nowhere but in the files that the pack itself wrote")
class LeakIT {
  static final String SECRET = "Xq7-NeverShowThis-9vZ";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final ServicePackRunner runner = bench.runner();
  private final BuildOptions supplied =
      BuildOptions.builder().secrets(Secrets.of(Map.of("HIDDEN", SECRET))).build();
  private final Path directory;
  private final ServicePack pack;

  LeakIT(@TempDir Path directory) {
    this.directory = directory;
    this.pack = build();
  }

  private ServicePack build() {
    SamplePack sample =
        SamplePack.in(directory.resolve("pack"), "busybox/1")
            .answer("secrets", "HIDDEN")
            .answer("env", "HOST=%IP")
            .script(
                PackScript.BUILD,
                "[ $1 = base ] && exit 0",
                "echo ready $HIDDEN",
                "while [ -e /service/wait ]; do usleep 20000; done",
                "echo $HIDDEN > /etc/written")
            .file("wait", "", "rw-r--r--");
    ServicePack opened = runner.open(sample.directory());
    runner.build(
        opened,
        bench.image("base"),
        BuildPhase.BASE,
        BuildOptions.defaults(),
        OperationOptions.defaults());
    return opened;
  }

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("not in the process list, the container, its log or the events while a script runs")
  void whileTheScriptRuns() throws Exception {
    List<String> commands = new CopyOnWriteArrayList<>();
    List<Event> events = new CopyOnWriteArrayList<>();
    StringBuilder views = new StringBuilder();
    long since = Instant.now().getEpochSecond() - 1;
    AtomicBoolean running = new AtomicBoolean(true);
    Thread sampler = new Thread(() -> sample(commands, running), "sampler");
    sampler.start();
    Listener look =
        event -> {
          events.add(event);
          if (event instanceof Event.Output output && output.line().startsWith("ready")) {
            commands.addAll(SecretSearch.commandLines());
            views.append(viewsOfWorkContainer());
            go(event);
          }
        };
    try {
      runner.setup(
          pack, bench.image("base"), bench.image("one"), supplied, OperationOptions.of(look));
    } finally {
      running.set(false);
      sampler.join();
    }
    long until = Instant.now().getEpochSecond() + 1;
    String happened = engine.must("events", "--since", "" + since, "--until", "" + until);
    assertThat(commands).as("the sampler saw the script").anyMatch(c -> c.contains("bin/build"));
    assertThat(commands).noneMatch(command -> command.contains(SECRET));
    assertThat(views.toString()).contains("overc-work-", "bin/build").doesNotContain(SECRET);
    assertThat(happened).contains("exec_create").doesNotContain(SECRET);
    assertThat(events.toString()).contains("ready ***").doesNotContain(SECRET);
  }

  @Test
  @DisplayName("not in the history, the configuration or the layers of the image, nor in a service")
  void inTheImage() throws IOException {
    runner.setup(
        pack, bench.image("base"), bench.image("one"), supplied, OperationOptions.of(this::go));
    runner.run(bench.image("one"), bench.name("service"), OperationOptions.defaults());
    String image = bench.image("one").toString();
    assertThat(engine.must("history", "--no-trunc", image)).isNotEmpty().doesNotContain(SECRET);
    assertThat(engine.must("image", "inspect", image))
        .contains(Labels.NOTICE, "HIDDEN")
        .doesNotContain(SECRET);
    assertThat(engine.must("container", "inspect", bench.name("service"))).doesNotContain(SECRET);
    assertThat(engine.docker("logs", bench.name("service")).toString()).doesNotContain(SECRET);
    assertThat(runner.status(bench.name("service")).toString()).doesNotContain(SECRET);
    Path archive = directory.resolve("saved.tar");
    engine.must("save", "--output", archive.toString(), image);
    assertThat(SecretSearch.inSavedImage(archive, directory.resolve("saved"), List.of(SECRET)))
        .as("files with the secret: the one that the pack wrote proves that the search finds it")
        .containsExactly("etc/written");
  }

  @Test
  @DisplayName("not in our log at TRACE, written by a process of its own")
  void inTheLog() throws IOException {
    Files.delete(directory.resolve("pack/wait"));
    runner.build(
        pack,
        bench.image("quick"),
        BuildPhase.BASE,
        BuildOptions.defaults(),
        OperationOptions.defaults());
    CommandResult child =
        CommandRunner.system()
            .run(
                ChildJvm.of(
                        SetupMain.class,
                        "trace",
                        bench.configFile(directory).toString(),
                        pack.directory().toString(),
                        bench.image("quick").toString(),
                        bench.image("traced").toString(),
                        bench.name("service"),
                        "-1")
                    .build());
    String log = child.stdout() + child.stderr();
    assertThat(child.exitCode()).as(log).isZero();
    assertThat(log).contains("DEBUG", "commit", "HIDDEN").doesNotContain(SECRET);
  }

  @Test
  @DisplayName("not in the message of a setup that fails, at whatever step")
  void inMessages() {
    FaultInjector record = FaultInjector.recording();
    with(record)
        .setup(
            pack, bench.image("base"), bench.image("one"), supplied, OperationOptions.of(this::go));
    for (int point = 0; point < record.points().size(); point++) {
      String name = record.points().get(point);
      FaultInjector fault = FaultInjector.at(FaultInjector.Fault.ERROR, point);
      String failure = "";
      try {
        with(fault)
            .setup(
                pack,
                bench.image("base"),
                bench.image("n" + point),
                supplied,
                OperationOptions.of(this::go));
      } catch (OvercException e) {
        failure = stackTrace(e);
      }
      assertThat(failure).as(name).doesNotContain(SECRET);
      assertThat(failure.isEmpty()).as(name).isEqualTo(name.endsWith("remove work container"));
      runner.recover();
    }
  }

  /** Lets the script of the running setup go on. */
  private void go(Event event) {
    if (event instanceof Event.Output output && output.line().startsWith("ready")) {
      engine.must("exec", workContainer(), "rm", "/service/wait");
    }
  }

  private ServicePackRunner with(FaultInjector faults) {
    return DockerServicePackRunner.builder().config(engine.config()).effects(faults).build();
  }

  private String workContainer() {
    return engine.must("ps", "--filter", "name=overc-work-", "--format", "{{.Names}}");
  }

  private String viewsOfWorkContainer() {
    String name = workContainer();
    return engine.must("container", "inspect", name)
        + engine.must("logs", name)
        + engine.must("top", name)
        + engine.must("ps", "--all", "--no-trunc");
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void sample(List<String> seen, AtomicBoolean running) {
    while (running.get()) {
      seen.addAll(SecretSearch.commandLines());
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
