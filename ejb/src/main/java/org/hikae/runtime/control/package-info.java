/**
 * What the use cases take from the outside: the clock, randomness and the settings of the
 * environment.
 */
@NullMarked
package org.hikae.runtime.control;

import org.jspecify.annotations.NullMarked;
