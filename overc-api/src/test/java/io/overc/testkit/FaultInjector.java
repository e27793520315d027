package io.overc.testkit;

import io.overc.error.OvercException;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sits at the fault-injection point of a backend, its {@link SideEffects}, and makes one of them
 * fail.
 *
 * <p>A point is {@code before NAME} or {@code after NAME}, numbered from 0 in the order in which
 * they are passed. An injector without a fault records the points of a run, so that a test can then
 * run once for each of them.
 */
public final class FaultInjector implements SideEffects {
  /** What happens at the chosen point. */
  public enum Fault {
    /** Nothing: the points are only recorded. */
    NONE,
    /** This JVM is killed with SIGKILL. */
    KILL,
    /** {@link Death} is thrown, there and at every later point: as if this process were killed. */
    DIE,
    /** {@link InjectedException} is thrown. */
    ERROR,
    /** The thread is interrupted, and goes on. */
    INTERRUPT,
    /** The thread stands still for some time, and goes on. */
    DELAY,
    /** The thread stands still until it is interrupted. */
    HANG
  }

  /** Thrown at the chosen point. */
  public static final class InjectedException extends OvercException {
    private static final long serialVersionUID = 1L;

    InjectedException(String point) {
      super("Injected fault " + point);
    }
  }

  /** Stands for the end of the process: nothing catches it, and nothing changes after it. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(String point) {
      super("Killed " + point);
    }
  }

  private final Fault fault;
  private final int at;
  private final Duration delay;
  private final List<String> points = new ArrayList<>();
  private final CountDownLatch reached = new CountDownLatch(1);

  private FaultInjector(Fault fault, int at, Duration delay) {
    this.fault = fault;
    this.at = at;
    this.delay = delay;
  }

  /**
   * Makes an injector that only records.
   *
   * @return the injector
   */
  public static FaultInjector recording() {
    return at(Fault.NONE, -1);
  }

  /**
   * Makes an injector that fails at one point.
   *
   * @param fault what happens there
   * @param at the number of the point, from 0
   * @return the injector
   */
  public static FaultInjector at(Fault fault, int at) {
    return at(fault, at, Duration.ZERO);
  }

  /**
   * Makes an injector that fails or delays at one point.
   *
   * @param fault what happens there
   * @param at the number of the point, from 0
   * @param delay how long {@link Fault#DELAY} lasts
   * @return the injector
   */
  public static FaultInjector at(Fault fault, int at, Duration delay) {
    return new FaultInjector(fault, at, delay);
  }

  /** Tells whether it delays. */
  boolean delays() {
    return fault == Fault.DELAY;
  }

  /**
   * Returns the points that were passed.
   *
   * @return in order, each {@code before NAME} or {@code after NAME}
   */
  public List<String> points() {
    synchronized (points) {
      return List.copyOf(points);
    }
  }

  /**
   * Waits until the chosen point is reached.
   *
   * @return whether it was, within ten seconds
   * @throws InterruptedException if this thread is interrupted
   */
  public boolean awaitReached() throws InterruptedException {
    return reached.await(10, TimeUnit.SECONDS);
  }

  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    pass("before " + name);
    action.run();
    pass("after " + name);
  }

  private void pass(String point) {
    int number;
    synchronized (points) {
      points.add(point);
      number = points.size() - 1;
    }
    if (number > at && fault == Fault.DIE && at >= 0) {
      throw new Death("before " + point);
    }
    if (number != at) {
      return;
    }
    reached.countDown();
    switch (fault) {
      case NONE -> {}
      case KILL -> kill();
      case DIE -> throw new Death(point);
      case ERROR -> throw new InjectedException(point);
      case INTERRUPT -> Thread.currentThread().interrupt();
      case DELAY -> stand(delay.toMillis());
      case HANG -> hang();
    }
  }

  private static void kill() {
    try {
      String self = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("sh", "-c", "kill -KILL \"$1\"", "kill", self).inheritIO().start();
      hang();
    } catch (IOException e) {
      throw new IllegalStateException("cannot kill this JVM", e);
    }
  }

  private static void hang() {
    stand(TimeUnit.DAYS.toMillis(1));
  }

  private static void stand(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
