package io.overc.lxc;

import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration keys of the LXC backends. */
public final class LxcKeys {
  /** Names the directory of the containers. */
  public static final ConfigKey<Path> PATH =
      ConfigKey.path("lxc.path", "the directory of the containers").withDefault("/var/lib/lxc");

  /** Names the directory of the snapshots. */
  public static final ConfigKey<Path> SNAPSHOTS =
      ConfigKey.path(
          "lxc.snapshots",
          "the directory of the snapshots; where it is not set, lxc.path with 'snaps' at its end");

  /** Names the directory of the images whose template does not name one. */
  public static final ConfigKey<Path> IMAGES =
      ConfigKey.path(
              "lxc.images", "the directory of the images of templates without template.NAME.image")
          .withDefault("/var/lib/overc/images");

  /** Names the settings that a new container gets. */
  public static final ConfigKey<Path> CONFIG =
      ConfigKey.path(
              "lxc.config", "the LXC configuration whose lines a new container gets, if it exists")
          .withDefault("/etc/lxc/default.conf");

  /** Names the settings that a new container of a template gets. */
  public static final ConfigKey<Path> TEMPLATE_CONFIG =
      ConfigKey.path(
          "template.*.lxc-config",
          "the LXC configuration whose lines a new container of the template gets, instead of lxc.config");

  /** The command that tells that a container of a template is ready. */
  public static final ConfigKey<List<String>> READY_COMMAND =
      ConfigKey.arguments(
          "template.*.ready-command",
          "a command that returns 0 inside a container of the template once it is ready");

  /** How long a container may take to become ready. */
  public static final ConfigKey<Duration> READY_TIMEOUT =
      ConfigKey.duration("lxc.ready-timeout", "how long a container may take to become ready")
          .withDefault("30s");

  /** How long a new container is watched before it counts as ready. */
  public static final ConfigKey<Duration> READY_SETTLE =
      ConfigKey.duration(
              "lxc.ready-settle", "how long a container must run before it counts as ready")
          .withDefault("1s");

  /** How long a container may take to end before it is killed. */
  public static final ConfigKey<Duration> STOP_TIMEOUT =
      ConfigKey.duration(
              "lxc.stop-timeout", "how long a container may take to end before it is killed")
          .withDefault("60s");

  /** How large an image may be when it is unpacked. */
  public static final ConfigKey<Long> IMAGE_LIMIT =
      ConfigKey.size("lxc.image-limit", "how large an image may be when it is unpacked")
          .withDefault("20G");

  /** How long copying, unpacking or upgrading packages may take. */
  public static final ConfigKey<Duration> TOOL_TIMEOUT =
      ConfigKey.duration(
              "lxc.tool-timeout", "how long copying, unpacking or upgrading packages may take")
          .withDefault("2h");

  /** Names the root file system of the host, the source {@code essential}. */
  public static final ConfigKey<Path> ESSENTIAL =
      ConfigKey.path(
              "lxc.overlay.essential",
              "the root file system that 'essential' means as a source of overlays")
          .withDefault("/");

  /** Every key. */
  public static final List<ConfigKey<?>> ALL =
      List.of(
          PATH,
          SNAPSHOTS,
          IMAGES,
          CONFIG,
          TEMPLATE_CONFIG,
          READY_COMMAND,
          READY_TIMEOUT,
          READY_SETTLE,
          STOP_TIMEOUT,
          IMAGE_LIMIT,
          TOOL_TIMEOUT,
          ESSENTIAL);

  private LxcKeys() {}
}
