package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.WhenActive;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.spi.SideEffects;
import io.overc.testkit.WholeSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a container is as it was before an operation that was cancelled")
class CancellationIT extends CancellationBench {
  @Test
  @DisplayName("interrupted at any point of an activation, a snapshot, a stop or a rollback")
  void everywhere() {
    WholeSnapshot.of(driver(SideEffects.direct()), name, OperationOptions.defaults());
    int cases = 0;
    for (Consumer<ContainerDriver> operation :
        List.<Consumer<ContainerDriver>>of(
            driver -> driver.activate(name, WhenActive.STOP, OperationOptions.defaults()),
            driver -> WholeSnapshot.of(driver, name, OperationOptions.defaults()),
            driver -> driver.stop(name, OperationOptions.defaults()),
            driver -> driver.rollback(name, OperationOptions.defaults()))) {
      Interruption none = Interruption.at(-1);
      operation.accept(driver(none));
      int snapshots = snapshots();
      for (int point = 0; point < none.points().size(); point++) {
        restart();
        String before = identity();
        String at = none.points().get(point);
        boolean cancelled = cancelled(operation, driver(Interruption.at(point)));
        assertThat(remains()).as(at).isEmpty();
        int after = snapshots();
        if (cancelled) {
          assertThat(identity()).as(at).isEqualTo(before);
          assertThat(state()).as(at).isEqualTo("running");
          assertThat(after - snapshots)
              .as("%s: none but the one before an activation", at)
              .isBetween(0, 1);
        }
        snapshots = after;
        cases++;
      }
    }
    System.out.println("Interrupts of operations on containers: " + cases + " cases");
  }

  private int snapshots() {
    return driver(SideEffects.direct()).snapshots().list(name).size();
  }

  @ParameterizedTest(name = "by a deadline: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("while it is committed: it is thawed, and there is no snapshot")
  void commit(boolean deadline) {
    engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    ContainerDriver driver =
        driver(deadline ? SideEffects.direct() : Interruption.during("commit snapshot", 100));
    OperationOptions call =
        deadline
            ? OperationOptions.builder().deadline(Duration.ofMillis(400)).build()
            : OperationOptions.defaults();
    assertThatThrownBy(() -> WholeSnapshot.of(driver, name, call))
        .isInstanceOf(
            deadline ? DeadlineExceededException.class : InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isEqualTo(!deadline);
    assertThat(state()).isEqualTo("running");
    assertThat(driver.snapshots().list(name)).isEmpty();
  }

  @Test
  @DisplayName("while the command that commits is killed: it is thawed, and there is no snapshot")
  void commitKilled() {
    engine.must("exec", name, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=200");
    CommandRunner killing =
        new CommandRunner() {
          @Override
          public CommandResult run(Command command) {
            if (command.arguments().contains("commit")) {
              List<String> timed = new ArrayList<>(List.of("timeout", "-s", "INT", "0.2"));
              timed.addAll(command.arguments());
              return CommandRunner.system().run(Command.of(timed).build());
            }
            return CommandRunner.system().run(command);
          }

          @Override
          public RunningCommand start(Command command) {
            return CommandRunner.system().start(command);
          }

          @Override
          public int attach(Command command) {
            return CommandRunner.system().attach(command);
          }
        };
    ContainerDriver driver =
        DockerContainerDriver.builder()
            .config(config())
            .template(template())
            .commandRunner(killing)
            .build();
    assertThatThrownBy(() -> WholeSnapshot.of(driver, name, OperationOptions.defaults()))
        .hasMessageContaining("snapshot the container " + name);
    assertThat(state()).isEqualTo("running");
    assertThat(driver.snapshots().list(name)).isEmpty();
  }

  @Test
  @DisplayName("while it is stopped: it runs again")
  void stop() {
    engine.must("exec", name, "touch", "/stubborn");
    engine.must("restart", "--time", "0", name);
    assertThatThrownBy(
            () ->
                driver(Interruption.during("stop container", 500))
                    .stop(name, OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo("running");
  }

  @Test
  @DisplayName("while it becomes ready: it is stopped again, an activation is undone")
  void ready() {
    engine.must("kill", name);
    ContainerDriver never = never(Interruption.during("start container", 1500));
    assertThatThrownBy(() -> never.start(name, OperationOptions.defaults()))
        .isInstanceOf(InterruptedOperationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo("exited");

    engine.must("start", name);
    String before = identity();
    OperationOptions soon = OperationOptions.builder().deadline(Duration.ofSeconds(4)).build();
    assertThatThrownBy(() -> never(SideEffects.direct()).activate(name, WhenActive.STOP, soon))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(identity()).isEqualTo(before);
    assertThat(state()).isEqualTo("running");
    assertThat(remains()).isEmpty();
  }
}
