package io.overc.spi;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import java.util.List;

/**
 * Makes one kind of backend; found by {@link java.util.ServiceLoader}.
 *
 * @param <T> the interface the backend implements
 * @implSpec Implementations have a public constructor without parameters and hold no state. A named
 *     module ignores {@code META-INF/services}: name the provider in {@code module-info} too.
 */
public interface BackendProvider<T> {

  /**
   * {@return the name by which the backend is chosen; lower-case letters, digits and hyphens, the
   * first a letter; unique among the providers of the same kind}
   */
  String id();

  /** {@return the configuration keys the backend reads, each documented} */
  List<ConfigKey<?>> keys();

  /**
   * {@return whether the backend can work on this machine; if not, why and what to do}
   *
   * @param config the configuration
   * @implSpec Starts no process and never throws because something is missing.
   */
  Availability availability(Config config);

  /**
   * {@return the tools the backend uses, with their versions: one entry for each, the missing ones
   * too} May start a process for each.
   *
   * @param config the configuration
   */
  default List<ToolVersion> tools(Config config) {
    return List.of();
  }

  /**
   * {@return the backend, newly made}
   *
   * @param config the configuration, already checked against {@link #keys()}
   */
  T create(Config config);
}
