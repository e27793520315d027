package io.overc.spi;

import io.overc.image.ImageListHandler;

/** Makes an {@link ImageListHandler}. */
public interface ImageListHandlerProvider extends BackendProvider<ImageListHandler> {}
