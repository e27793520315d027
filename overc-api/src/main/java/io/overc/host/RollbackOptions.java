package io.overc.host;

/**
 * Says how a host is rolled back.
 *
 * @param reboot whether to reboot when all is done
 */
public record RollbackOptions(boolean reboot) {

  /**
   * Returns the options of a plain rollback.
   *
   * @return no reboot
   */
  public static RollbackOptions defaults() {
    return new RollbackOptions(false);
  }

  /**
   * Returns the same options, with a reboot or without.
   *
   * @param value whether to reboot
   * @return the new options
   */
  public RollbackOptions withReboot(boolean value) {
    return new RollbackOptions(value);
  }
}
