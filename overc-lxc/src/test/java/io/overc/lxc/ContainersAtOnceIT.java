package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.BusyException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContainersAtOnceIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final int CONTAINERS = 20;
  private static final int THREADS = 8;
  private static final int OPERATIONS = 500;
  private static final long SEED = 20261121;

  @Test
  @DisplayName(
      "8 threads, 20 containers, 500 mixed operations: none lost, no mount or process left")
  void mixed() throws Exception {
    try (LxcLab lab = LxcLab.open()) {
      ContainerDriver driver = lab.driver();
      for (int i = 0; i < CONTAINERS; i++) {
        driver.activate("c" + i, WhenActive.REFUSE, NONE);
        driver.stop("c" + i, NONE);
      }
      AtomicInteger busy = new AtomicInteger();
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          Random random = new Random(SEED + thread);
          int count = OPERATIONS / THREADS + (thread < OPERATIONS % THREADS ? 1 : 0);
          calls.add(
              () -> {
                for (int i = 0; i < count; i++) {
                  operate(lab.driver(), random, busy);
                }
                return null;
              });
        }
        for (Future<Void> future : pool.invokeAll(calls)) {
          future.get();
        }
      } finally {
        pool.shutdownNow();
      }
      List<Container> list = driver.list();
      assertThat(list).as("containers").hasSize(CONTAINERS);
      for (int i = 0; i < CONTAINERS; i++) {
        // The next operation finds nothing to recover, and each still comes up.
        driver.start("c" + i, NONE);
        assertThat(driver.status("c" + i)).isEqualTo(ContainerStatus.ACTIVE);
        driver.stop("c" + i, NONE);
        driver.delete("c" + i, WhenActive.REFUSE, NONE);
        driver.snapshots().deleteAll("c" + i, NONE);
      }
      assertThat(lab.running()).isEmpty();
      assertThat(Files.readString(Path.of("/proc/self/mounts")))
          .doesNotContain(lab.directory.toString());
      assertThat(processes(lab.directory)).isEmpty();
      for (String work : List.of("new", "old", "trash", "journal")) {
        assertThat(Disk.list(lab.path().resolve(".overc").resolve(work))).as(work).isEmpty();
      }
      assertThat(Disk.list(lab.snapshots().resolve(".overc"))).isEmpty();
      System.out.println(
          OPERATIONS + " operations on " + CONTAINERS + " containers; told busy: " + busy);
    }
  }

  private static void operate(ContainerDriver driver, Random random, AtomicInteger busy) {
    String name = "c" + random.nextInt(CONTAINERS);
    try {
      switch (random.nextInt(9)) {
        case 0, 1 -> driver.start(name, NONE);
        case 2, 3 -> driver.stop(name, NONE);
        case 4 -> WholeSnapshot.of(driver, name, NONE);
        case 5 -> driver.rollback(name, NONE);
        case 6 -> driver.activate(name, WhenActive.STOP, NONE);
        case 7 -> driver.snapshots().deleteAll(name, NONE);
        default -> assertThat(driver.list()).hasSize(CONTAINERS);
      }
    } catch (BusyException e) {
      busy.incrementAndGet();
    } catch (NotFoundException e) {
      assertThat(e).as("only a rollback without a snapshot").hasMessageContaining("snapshot");
    } catch (RefusedException e) {
      throw new AssertionError("refused: " + e.getMessage(), e);
    }
  }

  private static List<String> processes(Path directory) throws IOException {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }
}
