/**
 * Compares a directory with the directories that could provide its files through an overlay, and
 * says what can be removed, what must stay and what must be masked so that the merged view is the
 * directory as it was. It knows paths, not containers.
 */
@NullMarked
package io.overc.internal.compare;

import org.jspecify.annotations.NullMarked;
