package io.overc.script;

import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration keys of the script driver. */
public final class ScriptKeys {
  /** Names the directory of the site scripts. */
  public static final ConfigKey<Path> DIRECTORY =
      ConfigKey.path("script.dir", "the directory of the container scripts, one for each template")
          .withDefault("/etc/overc/container");

  /** Says how long a script may run. */
  public static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("script.timeout", "how long a container script may run")
          .withDefault("30m");

  /** Every key. */
  public static final List<ConfigKey<?>> ALL = List.of(DIRECTORY, TIMEOUT);

  private ScriptKeys() {}
}
