package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultInjectorTest {
  private final List<String> done = new ArrayList<>();

  private void work(SideEffects effects) {
    effects.run("first", () -> done.add("first"));
    effects.run("second", () -> done.add("second"));
  }

  @Test
  @DisplayName("records the points before and after each action")
  void records() {
    FaultInjector injector = FaultInjector.recording();
    work(injector);
    assertThat(injector.points())
        .containsExactly("before first", "after first", "before second", "after second");
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  @DisplayName("an error comes before or after the action, at the chosen point only")
  void errors() {
    assertThatThrownBy(() -> work(FaultInjector.at(Fault.ERROR, 2)))
        .isInstanceOf(FaultInjector.InjectedException.class)
        .hasMessage("Injected fault before second");
    assertThat(done).containsExactly("first");
    done.clear();
    assertThatThrownBy(() -> work(FaultInjector.at(Fault.ERROR, 3)))
        .hasMessage("Injected fault after second");
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  @DisplayName("a point past the last does nothing")
  void pastTheLast() {
    work(FaultInjector.at(Fault.ERROR, 4));
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  @DisplayName("a kill ends the JVM with SIGKILL at the chosen point: no finally, no shutdown hook")
  void kills() {
    CommandResult result = CommandRunner.system().run(ChildJvm.of(KilledMain.class).build());
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(ChildJvm.KILLED);
    assertThat(result.stdout()).isEqualTo("first\n");
  }

  static final class KilledMain {
    private KilledMain() {}

    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook")));
      FaultInjector injector = FaultInjector.at(Fault.KILL, 2);
      try {
        injector.run("first", () -> say("first"));
        injector.run("second", () -> say("second"));
      } finally {
        say("finally");
      }
    }

    private static void say(String text) {
      System.out.println(text);
      System.out.flush();
    }
  }

  @Test
  @DisplayName("a hang lasts until the thread is interrupted")
  void hangs() throws InterruptedException {
    CountDownLatch before = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              FaultInjector injector = FaultInjector.at(Fault.HANG, 1);
              injector.run("first", before::countDown);
              done.add(Thread.currentThread().isInterrupted() ? "interrupted" : "passed");
            });
    thread.start();
    before.await();
    assertThat(done).isEmpty();
    thread.interrupt();
    thread.join();
    assertThat(done).containsExactly("interrupted");
  }
}
