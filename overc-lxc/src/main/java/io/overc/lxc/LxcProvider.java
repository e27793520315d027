package io.overc.lxc;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.spi.Availability;
import io.overc.spi.BackendProvider;
import java.util.List;

/**
 * What the providers of all LXC backends answer alike.
 *
 * @param <T> what they make
 */
abstract class LxcProvider<T> implements BackendProvider<T> {
  private final String[] tools;

  LxcProvider(String... tools) {
    this.tools = tools;
  }

  @Override
  public final String id() {
    return "lxc";
  }

  @Override
  public final List<ConfigKey<?>> keys() {
    return LxcKeys.ALL;
  }

  @Override
  public final Availability availability(Config config) {
    return Availability.ofTools(tools);
  }
}
