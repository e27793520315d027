package io.overc.host;

import java.util.Optional;

/**
 * A package for which there is a newer version.
 *
 * @param name its name, with its architecture where the package manager tells it apart
 * @param installed the version that is installed; empty if the package would be new
 * @param available the version that would be installed
 */
public record PackageChange(String name, Optional<String> installed, String available) {}
