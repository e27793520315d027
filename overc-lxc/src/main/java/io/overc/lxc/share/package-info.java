/**
 * Shares directories of a container through overlays, stops that, and looks at the sources again;
 * how each change survives its process.
 *
 * <p>Every step leaves a layout whose view is the one of before, whether or not anybody recovers: a
 * complete mask is in place before the mount is in the config, the mount before the first file is
 * removed, every file is back before the mount loses its sources, and what only an overlay
 * understands is cleaned away before the mount itself goes.
 */
@NullMarked
package io.overc.lxc.share;

import org.jspecify.annotations.NullMarked;
