/**
 * The exchange of a container for a prepared one: by renames, with a journal, so that an
 * interrupted one is finished or undone.
 */
@NullMarked
package io.overc.lxc.replacement;

import org.jspecify.annotations.NullMarked;
