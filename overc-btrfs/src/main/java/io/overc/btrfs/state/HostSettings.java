package io.overc.btrfs.state;

import io.overc.btrfs.packages.Setup;
import io.overc.exec.CommandRunner;
import io.overc.spi.Mutations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a host upgrader.
 *
 * @param root where the running root is mounted
 * @param boot where the boot partition is mounted
 * @param kernel the name of the kernel file, or empty to look for it
 * @param packageManager the name of the package manager, or {@code auto}
 * @param setup how the package manager is called
 * @param rebootCommand what reboots the machine
 * @param runner runs the tools
 * @param mutations the fault-injection points of the changes
 */
public record HostSettings(
    Path root,
    Path boot,
    Optional<String> kernel,
    String packageManager,
    Setup setup,
    List<String> rebootCommand,
    CommandRunner runner,
    Mutations mutations) {}
