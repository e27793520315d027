/** Shows OverC at work; each story is a class that reads as the README of what it tells. */
@NullMarked
package io.overc.examples.quickstart;

import org.jspecify.annotations.NullMarked;
