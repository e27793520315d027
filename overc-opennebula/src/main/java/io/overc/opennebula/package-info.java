/** VM images of image lists in OpenNebula clouds, over XML-RPC. */
@NullMarked
package io.overc.opennebula;

import org.jspecify.annotations.NullMarked;
