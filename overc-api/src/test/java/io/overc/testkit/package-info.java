/**
 * What a backend is tested with: contract kits, a scripted command runner, a fault injector, and
 * the rules of the architecture. Published with the classifier {@code tests}.
 */
@NullMarked
package io.overc.testkit;

import org.jspecify.annotations.NullMarked;
