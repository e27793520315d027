/**
 * Shares directories of a container through overlays: the layout on the disk, what is masked, what
 * comes back, and how each change survives its process.
 *
 * <p>What a container shares is in {@code sharing} in its own directory, so that it goes where the
 * container goes: {@code sharing/N} for each shared directory with {@code mask} (whiteouts for what
 * only the sources have, the topmost lower layer), {@code work} (of the kernel), {@code manifest}
 * (what was removed, and what the source had then), {@code times} and {@code layout}; beside them
 * {@code journal} and {@code pending}. The upper layer is the container's own directory, where it
 * always was; the mount is a line of the container's config.
 *
 * <p>Every step leaves a layout whose view is the one of before, whether or not anybody recovers: a
 * complete mask is in place before the mount is in the config, the mount before the first file is
 * removed, every file is back before the mount loses its sources, and what only an overlay
 * understands is cleaned away before the mount itself goes.
 */
@NullMarked
package io.overc.lxc.overlay;

import org.jspecify.annotations.NullMarked;
