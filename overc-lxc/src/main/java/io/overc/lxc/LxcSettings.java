package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@link LxcKeys} configures, for one template. Directories are absolute. */
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

  private static Path beside(Path path) {
    return path.resolveSibling(path.getFileName() + "snaps");
  }
}
