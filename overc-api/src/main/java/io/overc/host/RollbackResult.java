package io.overc.host;

/**
 * What a rollback did.
 *
 * @param slot the root that the next boot mounts
 * @param kernelChanged whether the next boot uses another kernel
 * @param rebooting whether the reboot command was run
 */
public record RollbackResult(String slot, boolean kernelChanged, boolean rebooting) {}
