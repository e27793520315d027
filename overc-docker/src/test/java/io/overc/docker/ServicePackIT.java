package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.testkit.TestEngine;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the sample packs")
class ServicePackIT {
  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final ServicePackRunner runner = bench.runner();
  private final OperationOptions quiet = OperationOptions.defaults();
  private final BuildOptions plain = BuildOptions.defaults();

  @TempDir Path directory;

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("notes answer on the address that is printed, also after it has changed")
  void addresses() throws Exception {
    BuildResult set = setUp("notes", "one", plain);
    ServiceStatus status = runner.run(bench.image("one"), bench.name("notes"), quiet);
    String password = String.valueOf(set.secrets().values().get("NOTES_PASSWORD"));
    assertThat(status.environment().values())
        .containsEntry("NOTES_HOST", status.address().orElseThrow())
        .containsEntry("NOTES_TITLE", "\"The notes of " + bench.name("notes") + "\"");
    assertThat(get(status, password)).isEqualTo("Welcome to the notes.\n");
    assertThat(get(status, "guessed")).startsWith("401");

    runner.stop(bench.name("notes"), quiet);
    engine.must(
        "run",
        "-d",
        "--name",
        bench.name("takes-it"),
        "--network",
        engine.network(),
        "--init",
        engine.base(),
        "sleep",
        "1000");
    ServiceStatus again = runner.start(bench.name("notes"), quiet);
    assertThat(again.address()).isPresent().isNotEqualTo(status.address());
    assertThat(get(again, password)).isEqualTo("Welcome to the notes.\n");
    assertThat(runner.logs(bench.name("notes"), 100))
        .filteredOn(line -> line.contains("The notes of "))
        .hasSize(2)
        .first()
        .asString()
        .endsWith(url(status));
    assertThat(runner.logs(bench.name("notes"), 100)).anyMatch(line -> line.endsWith(url(again)));
    assertThat(client("notes", "welcome.txt")).isEqualTo("Welcome to the notes.\n");
  }

  @Test
  @DisplayName("notes that were added are in a new instance that starts from the backup")
  void backupAndRestore() {
    BuildResult one = setUp("notes", "one", plain);
    runner.run(bench.image("one"), bench.name("old"), quiet);
    assertThat(runner.extra(bench.name("old"), List.of("add", "my note", "two  words ")).exitCode())
        .isZero();
    Path backup = directory.resolve("notes.tar");
    runner.backup(bench.name("old"), backup, quiet);

    BuildResult two = setUp("notes", "two", plain.toBuilder().backup(backup).build());
    runner.run(bench.image("two"), bench.name("new"), quiet);
    assertThat(client("new", "my%20note.txt")).isEqualTo("two  words \n");
    assertThat(two.secrets().values()).isNotEqualTo(one.secrets().values());
    assertThat(runner.extra(bench.name("new"), List.of("arguments", "a b", "")).stdout())
        .isEqualTo("[a b]\n[]\n");
  }

  @Test
  @DisplayName("the counter's front finds its store by name, and counts on after a restart")
  void twoComponents() {
    setUp("counter", "one", plain);
    ServiceStatus status = runner.run(bench.image("one"), bench.name("counter"), quiet);
    assertThat(status.components()).hasSize(2).allMatch(component -> component.running());
    assertThat(client("counter")).isEqualTo("1\n");
    assertThat(client("counter")).isEqualTo("2\n");
    runner.stop(bench.name("counter"), quiet);
    assertThat(runner.start(bench.name("counter"), quiet).state()).isEqualTo(ServiceState.RUNNING);
    assertThat(client("counter")).isEqualTo("3\n");

    engine.must("stop", bench.name("counter") + "-store");
    assertThat(runner.status(bench.name("counter")).state()).isEqualTo(ServiceState.DEGRADED);
    runner.remove(bench.name("counter"), quiet);
    assertThat(bench.remains()).noneMatch(left -> left.contains("counter"));
  }

  @Test
  @DisplayName("a component is put back by the engine when it dies")
  void restartPolicy() throws Exception {
    setUp("notes", "one", plain);
    runner.run(bench.image("one"), bench.name("notes"), quiet);
    engine.must("exec", bench.name("notes"), "killall", "-9", "httpd");
    Deadline end = Deadline.in(Duration.ofSeconds(60));
    assertThat(Poll.until(this::isBack, Duration.ofMillis(50), end, "the component"))
        .as("still " + runner.status(bench.name("notes")))
        .isTrue();
    assertThat(client("notes")).isEqualTo("Welcome to the notes.\n");
  }

  private boolean isBack() {
    ServiceStatus status = runner.status(bench.name("notes"));
    return status.components().get(0).restarts() > 0 && status.state() == ServiceState.RUNNING;
  }

  @Test
  @DisplayName("listing takes two calls of docker, however many services there are")
  void twoCalls() {
    setUp("counter", "one", plain);
    for (String name : List.of("first", "second", "third")) {
      runner.run(bench.image("one"), bench.name(name), quiet);
    }
    List<Command> calls = new ArrayList<>();
    ServicePackRunner counted =
        DockerServicePackRunner.builder()
            .config(engine.config())
            .commandRunner(
                new CommandRunner() {
                  @Override
                  public CommandResult run(Command command) {
                    calls.add(command);
                    return CommandRunner.system().run(command);
                  }

                  @Override
                  public RunningCommand start(Command command) {
                    throw new AssertionError(command);
                  }
                })
            .build();
    assertThat(counted.list())
        .filteredOn(service -> service.image().equals(bench.image("one").toString()))
        .hasSize(3)
        .allMatch(service -> service.state() == ServiceState.RUNNING);
    assertThat(calls).hasSize(2);
  }

  @Test
  @DisplayName("query scripts can be asked in a container that is gone afterwards")
  void sandbox() {
    ServicePack here = Workbench.pack("notes");
    ServicePack there =
        bench.runner("query.sandbox", "true").open(Workbench.PACKS.resolve("notes"));
    assertThat(there.secrets()).isEqualTo(here.secrets());
    assertThat(there.environment()).isEqualTo(here.environment());
    assertThat(there.ports()).isEqualTo(here.ports());
    assertThat(bench.remains()).isEmpty();
  }

  private BuildResult setUp(String pack, String instance, BuildOptions options) {
    ServicePack opened = runner.open(Workbench.PACKS.resolve(pack));
    runner.build(opened, bench.image("base"), BuildPhase.BASE, plain, quiet);
    return runner.setup(opened, bench.image("base"), bench.image(instance), options, quiet);
  }

  private String client(String service, String... arguments) {
    return runner
        .client(bench.name(service), List.of(arguments))
        .orThrow("ask the client")
        .stdout();
  }

  private static String url(ServiceStatus service) {
    return String.valueOf(service.environment().values().get("NOTES_URL"));
  }

  /** Asks from this machine, not from a container, with the address as it is printed. */
  private static String get(ServiceStatus service, String password) throws IOException {
    byte[] credentials = ("notes:" + password).getBytes(StandardCharsets.UTF_8);
    URI address = URI.create(url(service));
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setRequestProperty(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(10_000);
    if (connection.getResponseCode() != 200) {
      return String.valueOf(connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
