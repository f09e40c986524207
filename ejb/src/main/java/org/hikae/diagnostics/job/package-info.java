/** Removes diagnostics whose time is over. Calls no boundary. */
@NullMarked
package org.hikae.diagnostics.job;

import org.jspecify.annotations.NullMarked;
