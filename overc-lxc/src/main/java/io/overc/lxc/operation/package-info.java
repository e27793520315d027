/**
 * What is done with whole containers: made from an image, exchanged for another by renames,
 * upgraded and rolled back, each under the container's lock and with a journal, so that what is
 * interrupted is undone at once or by the next operation.
 */
@NullMarked
package io.overc.lxc.operation;

import org.jspecify.annotations.NullMarked;
