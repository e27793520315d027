package io.overc.testkit;

import io.overc.error.OvercException;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    /** {@link InjectedException} is thrown. */
    ERROR,
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

  private final Fault fault;
  private final int at;
  private final List<String> points = new ArrayList<>();

  private FaultInjector(Fault fault, int at) {
    this.fault = fault;
    this.at = at;
  }

  /**
   * Makes an injector that only records.
   *
   * @return the injector
   */
  public static FaultInjector recording() {
    return new FaultInjector(Fault.NONE, -1);
  }

  /**
   * Makes an injector that fails at one point.
   *
   * @param fault what happens there
   * @param at the number of the point, from 0
   * @return the injector
   */
  public static FaultInjector at(Fault fault, int at) {
    return new FaultInjector(fault, at);
  }

  /**
   * Returns the points that were passed.
   *
   * @return in order, each {@code before NAME} or {@code after NAME}
   */
  public synchronized List<String> points() {
    return List.copyOf(points);
  }

  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    pass("before " + name);
    action.run();
    pass("after " + name);
  }

  private synchronized void pass(String point) {
    points.add(point);
    if (points.size() - 1 != at) {
      return;
    }
    switch (fault) {
      case NONE -> {}
      case KILL -> kill();
      case ERROR -> throw new InjectedException(point);
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
    try {
      TimeUnit.DAYS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
