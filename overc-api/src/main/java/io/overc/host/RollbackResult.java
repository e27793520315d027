package io.overc.host;

/**
 * Says what a rollback did.
 *
 * @param slot the root the next boot brings up
 * @param kernelChanged whether the next boot uses another kernel
 * @param rebooting whether the reboot command was run
 */
public record RollbackResult(String slot, boolean kernelChanged, boolean rebooting) {}
