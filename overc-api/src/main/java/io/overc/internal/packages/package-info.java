/**
 * The package managers and the roots they work in, for hosts and containers. The rules of each
 * package manager stand in one class; a {@link io.overc.internal.packages.RootKind} only says how a
 * command line reaches the root.
 *
 * <p>For OverC's own modules only.
 */
@NullMarked
package io.overc.internal.packages;

import org.jspecify.annotations.NullMarked;
