package io.overc.spi;

import io.overc.overlay.OverlaySharing;

/** Makes an {@link OverlaySharing}. */
public interface OverlaySharingProvider extends BackendProvider<OverlaySharing> {}
