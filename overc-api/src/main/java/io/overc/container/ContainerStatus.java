package io.overc.container;

import java.util.Optional;
import java.util.stream.Stream;

/** Says how a container is, with the codes of OverC's container scripts. */
public enum ContainerStatus {
  /** There is no such container. */
  ABSENT(0),
  /** There is one, and it does not run. */
  INACTIVE(2),
  /** There is one, and it runs (or is frozen). */
  ACTIVE(3);

  private final int code;

  ContainerStatus(int code) {
    this.code = code;
  }

  /**
   * {@return the code a container script exits with when it is asked for the status ({@code -A}):
   * 0, 2 or 3}
   */
  public int code() {
    return code;
  }

  /**
   * {@return the status of a code; empty if the code means none}
   *
   * @param code an exit code
   */
  public static Optional<ContainerStatus> ofCode(int code) {
    return Stream.of(values()).filter(status -> status.code == code).findFirst();
  }
}
