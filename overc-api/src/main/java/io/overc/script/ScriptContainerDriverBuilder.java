package io.overc.script;

import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Builds a {@link ScriptContainerDriver}. Not thread-safe. */
public final class ScriptContainerDriverBuilder {
  private final String template;
  private final Map<String, String> environment = new HashMap<>();
  private Path directory = Path.of("/etc/overc/container");
  private Duration timeout = Duration.ofMinutes(30);
  private CommandRunner runner = CommandRunner.system();

  ScriptContainerDriverBuilder(String template) {
    this.template = template;
  }

  /**
   * Says where the scripts are.
   *
   * @param where a directory; {@code /etc/overc/container} if unset
   * @return this
   */
  public ScriptContainerDriverBuilder directory(Path where) {
    directory = where;
    return this;
  }

  /**
   * Says how long a script may run before it is ended.
   *
   * @param limit positive; 30 minutes if unset
   * @return this
   */
  public ScriptContainerDriverBuilder timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  /**
   * Adds a variable to the environment of the script.
   *
   * @param name the variable
   * @param value its value
   * @return this
   */
  public ScriptContainerDriverBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ScriptContainerDriverBuilder runner(CommandRunner other) {
    runner = other;
    return this;
  }

  /** {@return the new driver; whether the script is there is checked at each call} */
  public ScriptContainerDriver build() {
    SiteScript script = new SiteScript(directory, template);
    return new ScriptContainerDriver(new ScriptCalls(script, runner, timeout, environment));
  }
}
