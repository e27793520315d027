package io.overc;

import io.overc.config.Config;
import io.overc.config.ConfigFile;
import io.overc.error.BackendException;
import io.overc.error.ConfigException;
import io.overc.event.Listener;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says where backends are found, how they are configured, and who listens to all of them. Not
 * thread-safe.
 */
public final class OvercBuilder {
  private @Nullable Config config;
  private @Nullable ClassLoader loader;
  private Listener listener = Listener.none();

  OvercBuilder() {}

  /**
   * Sets the configuration. If unset, it is that of the command lines: the standard file and the
   * environment ({@link ConfigFile#locate}).
   *
   * @param value the configuration
   * @return this
   */
  public OvercBuilder config(Config value) {
    config = value;
    return this;
  }

  /**
   * Sets the class loader that finds the backends. If unset, they are searched with the context
   * class loader of the thread and with the one that loaded this library: in plugins and on worker
   * threads the two differ.
   *
   * @param value the class loader
   * @return this
   */
  public OvercBuilder classLoader(ClassLoader value) {
    loader = value;
    return this;
  }

  /**
   * Sets who receives the events of every operation of every backend, beside the listener of the
   * single call, and before it. If unset, nobody does.
   *
   * @param value the listener; called by several threads at once where operations run at once
   * @return this
   */
  public OvercBuilder listener(Listener value) {
    listener = Objects.requireNonNull(value);
    return this;
  }

  /**
   * Finds the backends.
   *
   * @return the entry point
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an invalid id
   */
  public Overc load() {
    return new Overc(this);
  }

  Config config() {
    return config != null ? config : ConfigFile.locate(null, System.getenv());
  }

  Listener listener() {
    return listener;
  }

  List<ClassLoader> loaders() {
    return loader != null
        ? List.of(loader)
        : Stream.of(Thread.currentThread().getContextClassLoader(), Overc.class.getClassLoader())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }
}
