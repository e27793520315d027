package io.overc.spi;

import io.overc.host.HostUpgrader;

/** Makes a {@link HostUpgrader}. */
public interface HostUpgraderProvider extends BackendProvider<HostUpgrader> {}
