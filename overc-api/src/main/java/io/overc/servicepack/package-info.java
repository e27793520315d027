/** Service packs: directories that say how a service is built, set up, run and asked. */
@NullMarked
package io.overc.servicepack;

import org.jspecify.annotations.NullMarked;
