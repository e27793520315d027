package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Holds how the LXC backends work; what {@link LxcKeys} configures.
 *
 * @param path the directory of the containers, absolute
 * @param snapshots the directory of the snapshots, absolute
 * @param images the directory of the images whose template does not name one
 * @param config the LXC configuration whose lines a new container gets, if it exists
 * @param readyCommand what returns 0 inside a container once it is ready; empty for none
 * @param readyTimeout how long a container may take to become ready
 * @param readySettle how long a container must stay up to count as up
 * @param stopTimeout how long a container may take to end before it is killed
 * @param imageLimit how many bytes an image may have when it is unpacked
 * @param toolTimeout how long copying, unpacking or upgrading packages may take
 * @param essential the root file system that {@code essential} means as a source of overlays
 */
record LxcSettings(
    Path path,
    Path snapshots,
    Path images,
    Path config,
    List<String> readyCommand,
    Duration readyTimeout,
    Duration readySettle,
    Duration stopTimeout,
    long imageLimit,
    Duration toolTimeout,
    Path essential) {

  LxcSettings {
    path = path.toAbsolutePath().normalize();
    snapshots = snapshots.toAbsolutePath().normalize();
    images = images.toAbsolutePath().normalize();
    essential = essential.toAbsolutePath().normalize();
    readyCommand = List.copyOf(readyCommand);
  }

  /**
   * Returns the settings for a directory of containers, everything else as by default.
   *
   * @param path the directory of the containers
   * @return the settings
   */
  static LxcSettings of(Path path) {
    Config config = Config.empty().with(LxcKeys.PATH, path.toString());
    return of(config, Template.plain("lxc", "lxc"));
  }

  /**
   * Reads the settings from the configuration.
   *
   * @param config the configuration
   * @param template the template whose own keys are read too
   * @return the settings
   */
  static LxcSettings of(Config config, Template template) {
    Path path = config.get(LxcKeys.PATH).toAbsolutePath().normalize();
    return new LxcSettings(
        path,
        config.find(LxcKeys.SNAPSHOTS).orElseGet(() -> beside(path)),
        config.get(LxcKeys.IMAGES),
        config
            .find(LxcKeys.TEMPLATE_CONFIG.named(template.name()))
            .orElseGet(() -> config.get(LxcKeys.CONFIG)),
        config.find(LxcKeys.READY_COMMAND.named(template.name())).orElseGet(List::of),
        config.get(LxcKeys.READY_TIMEOUT),
        config.get(LxcKeys.READY_SETTLE),
        config.get(LxcKeys.STOP_TIMEOUT),
        config.get(LxcKeys.IMAGE_LIMIT),
        config.get(LxcKeys.TOOL_TIMEOUT),
        config.get(LxcKeys.ESSENTIAL));
  }

  /**
   * Returns the same settings for another directory of containers, and the snapshots beside it.
   *
   * @param other the directory of the containers
   * @return the new settings
   */
  LxcSettings withPath(Path other) {
    Path absolute = other.toAbsolutePath().normalize();
    return new LxcSettings(
        absolute,
        beside(absolute),
        images,
        config,
        readyCommand,
        readyTimeout,
        readySettle,
        stopTimeout,
        imageLimit,
        toolTimeout,
        essential);
  }

  private static Path beside(Path path) {
    return path.resolveSibling(path.getFileName() + "snaps");
  }
}
