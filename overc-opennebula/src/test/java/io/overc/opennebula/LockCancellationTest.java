package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.internal.lock.LockFile;
import io.overc.opennebula.CancellationTest.How;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt and a deadline end every wait for a lock, and the same event finishes the work. */
class LockCancellationTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName("while another handler has the image in the spool: the event is kept, and replayed")
  void spool(How how) throws Exception {
    Path spool = directory.resolve("spool");
    try (Site site = new Site(directory).set("opennebula.spool", spool.toString())) {
      ImageEvent event = site.available(ID, "one");
      LockFile lock = LockDirectory.at(spool).lock("lock", "the image", ID);
      Throwable thrown = waitForLock(lock, how, site, event);
      assertThat(thrown).hasMessageContaining("the event is kept in " + spool);
      assertThat(site.frontEnd().calls()).isEmpty();
      assertThat(site.handler().replay(OperationOptions.defaults()))
          .singleElement()
          .matches(result -> result.outcome().isPresent());
      assertThat(site.current().state()).isEqualTo("READY");
    }
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @DisplayName("while another handler has the image file")
  void file(How how) throws Exception {
    try (Site site = new Site(directory)) {
      ImageEvent event = site.available(ID, "one");
      String identity = RawPath.encode(event.file().toRealPath());
      waitForLock(LockDirectory.standard().lock("image", "the image", identity), how, site, event);
      assertThat(site.frontEnd().calls()).isEmpty();
      site.handle(event);
      assertThat(site.current().state()).isEqualTo("READY");
    }
  }

  /** Handles an event in another thread, and cancels it as soon as that waits for the lock. */
  private static Throwable waitForLock(LockFile lock, How how, Site site, ImageEvent event)
      throws Exception {
    ExecutorService worker = Executors.newSingleThreadExecutor();
    try (HeldLock held = lock.take("hold it", Duration.ZERO)) {
      assertThat(held.waited()).isFalse();
      Thread thread = worker.submit(Thread::currentThread).get();
      Future<Throwable> thrown =
          worker.submit(
              () -> {
                Throwable cancelled =
                    catchThrowable(
                        () -> site.handler().handle(event, how.options(Listener.none())));
                how.assertCancelled(cancelled, "lock");
                return cancelled;
              });
      while (how == How.INTERRUPT && !waitsForLock(thread) && !thrown.isDone()) {
        Thread.onSpinWait();
      }
      if (how == How.INTERRUPT) {
        thread.interrupt();
      }
      return thrown.get(60, TimeUnit.SECONDS);
    } finally {
      worker.shutdownNow();
    }
  }

  private static boolean waitsForLock(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals(LockFile.class.getName())) {
        return true;
      }
    }
    return false;
  }
}
