/** Forgets recorded answers that are a day old. Calls no boundary. */
@NullMarked
package org.hikae.caller.job;

import org.jspecify.annotations.NullMarked;
