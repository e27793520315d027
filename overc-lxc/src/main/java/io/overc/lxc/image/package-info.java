/** The image of a template: fetched beside the one before, checked, and renamed over it. */
@NullMarked
package io.overc.lxc.image;

import org.jspecify.annotations.NullMarked;
