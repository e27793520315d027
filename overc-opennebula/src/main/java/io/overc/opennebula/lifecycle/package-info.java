/** What happens to an image in the cloud, in an order that can be interrupted anywhere. */
@NullMarked
package io.overc.opennebula.lifecycle;

import org.jspecify.annotations.NullMarked;
