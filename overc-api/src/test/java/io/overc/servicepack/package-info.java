@NullMarked
package io.overc.servicepack;

import org.jspecify.annotations.NullMarked;
