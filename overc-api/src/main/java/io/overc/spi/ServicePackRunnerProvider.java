package io.overc.spi;

import io.overc.servicepack.ServicePackRunner;

/** Makes a {@link ServicePackRunner}. */
public interface ServicePackRunnerProvider extends BackendProvider<ServicePackRunner> {}
