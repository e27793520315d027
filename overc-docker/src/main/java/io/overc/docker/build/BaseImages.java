package io.overc.docker.build;

import io.overc.error.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows which image holds which operating system: {@code debian/12} is {@code debian:12}. */
final class BaseImages {
  /** The official images, whose names and tags follow the names and versions of the systems. */
  private static final Map<String, String> REPOSITORIES =
      Map.ofEntries(
          Map.entry("ubuntu", "ubuntu"),
          Map.entry("debian", "debian"),
          Map.entry("alpine", "alpine"),
          Map.entry("busybox", "busybox"),
          Map.entry("fedora", "fedora"),
          Map.entry("centos", "centos"),
          Map.entry("rocky", "rockylinux"),
          Map.entry("rockylinux", "rockylinux"),
          Map.entry("almalinux", "almalinux"),
          Map.entry("archlinux", "archlinux"),
          Map.entry("opensuse-leap", "opensuse/leap"));

  private final Map<String, String> configured = new LinkedHashMap<>();

  /** Adds images, {@code OS/VERSION=IMAGE}, to those that are known. */
  BaseImages(List<String> entries) {
    List<String> problems = new ArrayList<>();
    for (String entry : entries) {
      String[] parts = entry.split("=", 2);
      if (parts.length != 2 || !parts[0].matches("[^/\\s]+/[^/\\s]+") || parts[1].isBlank()) {
        problems.add(
            "'docker.images' holds '" + entry + "': expected OS/VERSION=IMAGE, divided by commas");
      } else {
        configured.put(parts[0], parts[1].strip());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Returns the images that the configuration names, in its order. */
  List<String> configured() {
    return List.copyOf(configured.values());
  }

  String forSystem(String os) {
    String image = configured.get(os);
    if (image != null) {
      return image;
    }
    String[] parts = os.split("/", 2);
    String repository = REPOSITORIES.get(parts[0]);
    if (repository == null) {
      throw new ConfigException(
          List.of(
              "no image is known for the operating system '%s'; name one with docker.images=%s=IMAGE (known without that: %s)"
                  .formatted(
                      os,
                      os,
                      String.join(", ", REPOSITORIES.keySet().stream().sorted().toList()))));
    }
    return repository + ":" + parts[1];
  }
}
