/** A container driver by a third party: programs in directories. */
@NullMarked
package io.overc.examples.custom;

import org.jspecify.annotations.NullMarked;
