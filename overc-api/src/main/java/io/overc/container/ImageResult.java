package io.overc.container;

import java.util.Optional;

/**
 * The result of replacing a template's image.
 *
 * @param change whether it is another one now
 * @param digest what the template's image hashes to now, if the backend says so
 */
public record ImageResult(Change change, Optional<ImageDigest> digest) {}
