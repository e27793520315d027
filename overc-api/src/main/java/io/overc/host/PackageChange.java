package io.overc.host;

import java.util.Optional;

/**
 * Describes a package for which there is something newer.
 *
 * @param name its name, with its architecture where the package manager tells it apart
 * @param installed the version that is installed; empty if the package comes in anew
 * @param available the version that would be installed
 */
public record PackageChange(String name, Optional<String> installed, String available) {}
