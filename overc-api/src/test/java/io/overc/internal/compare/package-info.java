/** Tests of the comparison, and generated trees and digests of views for the tests of its users. */
@NullMarked
package io.overc.internal.compare;

import org.jspecify.annotations.NullMarked;
