package io.overc.lxc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.overlay.OverlaySharing;
import io.overc.spi.Availability;
import io.overc.spi.OverlaySharingProvider;
import java.util.List;

/** Offers {@link LxcOverlaySharing} as {@code lxc}. */
@AutoService(OverlaySharingProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class LxcOverlaySharingProvider implements OverlaySharingProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public LxcOverlaySharingProvider() {}

  @Override
  public String id() {
    return "lxc";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return LxcKeys.ALL;
  }

  @Override
  public Availability availability(Config config) {
    return Availability.ofTools("lxc-start", "cp", "xargs", "mount", "unshare", "sync");
  }

  @Override
  public OverlaySharing create(Config config) {
    return LxcOverlaySharing.of(config);
  }
}
