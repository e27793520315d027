package io.overc.lxc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.overlay.OverlaySharing;
import io.overc.spi.OverlaySharingProvider;

/** Offers {@link LxcOverlaySharing} as {@code lxc}. */
@AutoService(OverlaySharingProvider.class)
@SuppressWarnings("exports") // The annotation is read by the compiler only.
public final class LxcOverlaySharingProvider extends LxcProvider<OverlaySharing>
    implements OverlaySharingProvider {

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public LxcOverlaySharingProvider() {
    super("lxc-start", "cp", "xargs", "mount", "unshare", "sync");
  }

  @Override
  public OverlaySharing create(Config config) {
    return LxcOverlaySharing.of(config);
  }
}
