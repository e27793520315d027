package io.overc.examples.overc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.spi.Availability;
import io.overc.spi.HostUpgraderProvider;
import java.util.List;

/** Makes a {@link FakeHost} in the phase that the configuration names. */
@AutoService(HostUpgraderProvider.class)
public final class FakeHostProvider implements HostUpgraderProvider {
  private static final ConfigKey<Phase> PHASE =
      ConfigKey.of("fake.phase", "what the host pretends", Phase::valueOf).withDefault("CLEAN");

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(PHASE);
  }

  @Override
  public Availability availability(Config config) {
    return Availability.usable("pretends");
  }

  @Override
  public HostUpgrader create(Config config) {
    return new FakeHost(config.get(PHASE));
  }
}
