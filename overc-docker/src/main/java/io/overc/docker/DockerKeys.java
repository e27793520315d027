package io.overc.docker;

import io.overc.config.ConfigKey;
import io.overc.docker.build.InstanceSecrets;
import io.overc.error.InvalidArgumentException;
import io.overc.servicepack.ImageTag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration keys of the Docker backends. */
public final class DockerKeys {
  /** {@code docker.command}. */
  public static final ConfigKey<List<String>> COMMAND =
      ConfigKey.arguments(
              "docker.command",
              "the docker command with its own options; podman understands most of the same")
          .withDefault("docker");

  /** {@code docker.timeout}. */
  public static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("docker.timeout", "how long one call of the docker command may take")
          .withDefault("2m");

  /** {@code docker.build-timeout}. */
  public static final ConfigKey<Duration> BUILD_TIMEOUT =
      ConfigKey.duration(
              "docker.build-timeout",
              "how long one run of a script of a pack (build, backup, client, extra) or one pull"
                  + " may take")
          .withDefault("1h");

  /** {@code docker.stop-timeout}. */
  public static final ConfigKey<Duration> STOP_TIMEOUT =
      ConfigKey.duration(
              "docker.stop-timeout", "how long a container has to end before it is killed")
          .withDefault("10s");

  /** {@code docker.settle}. */
  public static final ConfigKey<Duration> SETTLE =
      ConfigKey.duration(
              "docker.settle", "how long what was started must keep running to count as started")
          .withDefault("500ms");

  /** {@code docker.images}. */
  public static final ConfigKey<List<String>> IMAGES =
      ConfigKey.list(
              "docker.images",
              "images of operating systems as OS=IMAGE, for example debian/12=my/debian:12; added"
                  + " to the ones that are known")
          .withDefault("");

  /** {@code docker.network}. */
  public static final ConfigKey<String> NETWORK =
      ConfigKey.text(
              "docker.network",
              "the network of builds and of services without components; it must exist")
          .withDefault("bridge");

  /** {@code docker.restart}. */
  public static final ConfigKey<String> RESTART =
      ConfigKey.of("docker.restart", "the restart policy of services", DockerKeys::restartPolicy)
          .withDefault("unless-stopped");

  /** {@code docker.build-arguments}. */
  public static final ConfigKey<List<String>> BUILD_ARGUMENTS =
      ConfigKey.arguments(
              "docker.build-arguments",
              "more options for the containers of builds, for example --memory 1g")
          .withDefault("");

  /** {@code docker.run-arguments}. */
  public static final ConfigKey<List<String>> RUN_ARGUMENTS =
      ConfigKey.arguments(
              "docker.run-arguments",
              "more options for the containers of services, for example --publish 8080:80")
          .withDefault("");

  /** {@code docker.secret-length}. */
  public static final ConfigKey<Integer> SECRET_LENGTH =
      ConfigKey.number(
              "docker.secret-length", "how many characters a generated secret has", 8, 1024)
          .withDefault("24");

  /** {@code docker.secret-alphabet}. */
  public static final ConfigKey<String> SECRET_ALPHABET =
      ConfigKey.of(
              "docker.secret-alphabet",
              "the characters of generated secrets; 24 of the default ones are 142 bits",
              InstanceSecrets::checkAlphabet)
          .withDefault("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

  /** {@code docker.snapshot-repository}. */
  public static final ConfigKey<String> SNAPSHOT_REPOSITORY =
      ConfigKey.of(
              "docker.snapshot-repository",
              "the repository of the images that are snapshots of containers",
              DockerKeys::repository)
          .withDefault("overc-snapshot");

  /** {@code docker.lock-directory}. */
  public static final ConfigKey<Path> LOCKS =
      ConfigKey.path(
          "docker.lock-directory",
          "where the locks of containers are; by default /run/overc/lock for root, and overc/lock in"
              + " the runtime directory or ~/.cache for others");

  /** {@code docker.ready-timeout}. */
  public static final ConfigKey<Duration> READY_TIMEOUT =
      ConfigKey.duration(
              "docker.ready-timeout", "how long a container has to become ready when it starts")
          .withDefault("30s");

  /** {@code template.*.docker-options}. */
  public static final ConfigKey<List<String>> TEMPLATE_OPTIONS =
      ConfigKey.arguments(
              "template.*.docker-options",
              "more options of 'docker create' for the template's containers")
          .withDefault("");

  /** {@code template.*.docker-command}. */
  public static final ConfigKey<List<String>> TEMPLATE_COMMAND =
      ConfigKey.arguments(
              "template.*.docker-command",
              "the command of the template's containers; by default the one of the image")
          .withDefault("");

  /** {@code template.*.docker-ready}. */
  public static final ConfigKey<List<String>> TEMPLATE_READY =
      ConfigKey.arguments(
              "template.*.docker-ready",
              "a command that succeeds in a container of the template once it is ready")
          .withDefault("");

  /** {@code query.sandbox}. */
  public static final ConfigKey<Boolean> QUERY_SANDBOX =
      ConfigKey.flag(
              "query.sandbox",
              "whether query scripts run in a container; otherwise they run on this machine, with"
                  + " the rights of whoever opens the pack")
          .withDefault("true");

  /** {@code query.image}. */
  public static final ConfigKey<String> QUERY_IMAGE =
      ConfigKey.text(
          "query.image",
          "the image in which sandboxed query scripts run; by default the first one of"
              + " docker.images that is there, else busybox:latest");

  /** {@code query.timeout}. */
  public static final ConfigKey<Duration> QUERY_TIMEOUT =
      ConfigKey.duration("query.timeout", "how long one query script may take").withDefault("10s");

  private DockerKeys() {}

  private static String repository(String text) {
    try {
      return ImageTag.parse(text).repository();
    } catch (InvalidArgumentException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String restartPolicy(String text) {
    if (!text.matches("no|always|unless-stopped|on-failure(:\\d{1,5})?")) {
      throw new IllegalArgumentException(
          "expected no, always, unless-stopped, on-failure or on-failure:COUNT");
    }
    return text;
  }

  static List<ConfigKey<?>> all() {
    return List.of(
        COMMAND,
        TIMEOUT,
        BUILD_TIMEOUT,
        STOP_TIMEOUT,
        SETTLE,
        IMAGES,
        NETWORK,
        RESTART,
        BUILD_ARGUMENTS,
        RUN_ARGUMENTS,
        SECRET_LENGTH,
        SECRET_ALPHABET,
        SNAPSHOT_REPOSITORY,
        LOCKS,
        READY_TIMEOUT,
        TEMPLATE_OPTIONS,
        TEMPLATE_COMMAND,
        TEMPLATE_READY,
        QUERY_SANDBOX,
        QUERY_IMAGE,
        QUERY_TIMEOUT);
  }
}
