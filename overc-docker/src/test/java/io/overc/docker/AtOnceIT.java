package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.docker.testkit.TestEngine;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import io.overc.spi.SideEffects;
import io.overc.testkit.SamplePack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("of several that want one name at once, one gets it, and the others leave no trace")
class AtOnceIT {
  private static final int CALLERS = 4;

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final BuildOptions plain = BuildOptions.defaults();
  private final Path directory;
  private final ServicePack pack;

  AtOnceIT(@TempDir Path directory) {
    this.directory = directory;
    this.pack = pack("pack", "[ $1 = base ] || echo $SECRET > /etc/secret");
  }

  private ServicePack pack(String name, String build) {
    return ServicePack.open(
        SamplePack.in(directory.resolve(name), "busybox/1")
            .answer("secrets", "SECRET")
            .answer("components", "back", "front")
            .script(PackScript.BUILD, build)
            .directory());
  }

  @AfterEach
  void cleanUp() {
    bench.close();
  }

  @Test
  @DisplayName("setups: the image holds the secret of the one that succeeded")
  void setups() throws Exception {
    buildBase();
    List<BuildResult> made =
        atOnce(
            () ->
                bench
                    .runner()
                    .setup(
                        pack,
                        bench.image("base"),
                        bench.image("one"),
                        plain,
                        OperationOptions.defaults()));
    String secret = made.get(0).secrets().values().get("SECRET");
    assertThat(secretIn("one")).isEqualTo(secret);
    assertThat(bench.remains())
        .containsExactlyInAnyOrder("image " + bench.image("base"), "image " + bench.image("one"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ALL", "BASE"})
  @DisplayName("a setup that comes between another one's questions and its work is not overwritten")
  void between(BuildPhase phase) {
    buildBase();
    List<BuildResult> made = new ArrayList<>();
    Runnable meanwhile =
        () ->
            made.add(
                bench
                    .runner()
                    .setup(
                        pack,
                        bench.image("base"),
                        bench.image("one"),
                        plain,
                        OperationOptions.defaults()));
    ServicePackRunner late =
        DockerServicePackRunner.builder()
            .config(engine.config())
            .effects(new Before("create work container", meanwhile))
            .build();
    ServicePack other = pack("other", "exit 0");
    assertThatThrownBy(
            () -> late.build(other, bench.image("one"), phase, plain, OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("an instance");
    assertThat(secretIn("one")).isEqualTo(made.get(0).secrets().values().get("SECRET"));
    assertThat(bench.remains())
        .containsExactlyInAnyOrder("image " + bench.image("base"), "image " + bench.image("one"));
  }

  @Test
  @DisplayName("services: what the others made of containers and networks is gone")
  void services() throws Exception {
    buildBase();
    bench
        .runner()
        .setup(pack, bench.image("base"), bench.image("one"), plain, OperationOptions.defaults());
    List<ServiceStatus> made =
        atOnce(
            () ->
                bench
                    .runner()
                    .run(bench.image("one"), bench.name("svc"), OperationOptions.defaults()));
    assertThat(made).extracting(ServiceStatus::state).containsExactly(ServiceState.RUNNING);
    assertThat(bench.runner().status(bench.name("svc")).state()).isEqualTo(ServiceState.RUNNING);
    bench.runner().remove(bench.name("svc"), OperationOptions.defaults());
    assertThat(bench.remains())
        .containsExactlyInAnyOrder("image " + bench.image("base"), "image " + bench.image("one"));
  }

  private void buildBase() {
    bench
        .runner()
        .build(pack, bench.image("base"), BuildPhase.BASE, plain, OperationOptions.defaults());
  }

  private String secretIn(String image) {
    return engine.must(
        "run",
        "--rm",
        "--network",
        "none",
        "--entrypoint",
        "cat",
        bench.image(image).toString(),
        "/etc/secret");
  }

  /** Returns what the ones that succeeded returned; the others must have been refused. */
  private static <T> List<T> atOnce(Callable<T> action) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      List<T> made = new ArrayList<>();
      List<Exception> refused = new ArrayList<>();
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        all.add(
            () -> {
              try {
                return action.call();
              } catch (RefusedException e) {
                synchronized (refused) {
                  refused.add(e);
                }
                return null;
              }
            });
      }
      for (Future<T> done : threads.invokeAll(all)) {
        T result = done.get();
        if (result != null) {
          made.add(result);
        }
      }
      assertThat(made).as("made, beside what was refused: " + refused).hasSize(1);
      return made;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Does something else just before one action. */
  private record Before(String action, Runnable meanwhile) implements SideEffects {
    @Override
    public <E extends Exception> void run(String name, Action<E> work) throws E {
      if (name.equals(action)) {
        meanwhile.run();
      }
      work.run();
    }
  }
}
