/**
 * What the use cases take from the outside: the clock, randomness and the settings of the
 * environment; and how they hand lists out, as files for spreadsheets.
 */
@NullMarked
package org.hikae.runtime.control;

import org.jspecify.annotations.NullMarked;
