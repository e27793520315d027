package io.overc.btrfs.state;

import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a host upgrader.
 *
 * @param root where the running root is mounted
 * @param boot where the boot partition is mounted
 * @param kernel the name of the kernel file, or empty to look for it
 * @param packages which package manager is called, and how
 * @param rebootCommand what reboots the machine
 * @param runner runs the tools
 * @param effects the fault-injection point
 */
public record HostSettings(
    Path root,
    Path boot,
    Optional<String> kernel,
    HostPackages packages,
    List<String> rebootCommand,
    CommandRunner runner,
    SideEffects effects) {}
