/**
 * How what a container shares lies on the disk.
 *
 * <p>It is in {@code sharing} in the container's own directory, so that it goes where the container
 * goes: {@code sharing/N} for each shared directory with {@code mask} (whiteouts for what only the
 * sources have, the topmost lower layer), {@code work} (of the kernel), {@code manifest} (what was
 * removed, and what the source had then), {@code times} and {@code layout}; beside them {@code
 * journal} and {@code pending}. The upper layer is the container's own directory, where it always
 * was; the mount is a line of the container's config.
 */
@NullMarked
package io.overc.lxc.layout;

import org.jspecify.annotations.NullMarked;
