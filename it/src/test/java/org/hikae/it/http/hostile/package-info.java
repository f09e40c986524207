/** Hostile values, raw requests and slow peers. */
@NullMarked
package org.hikae.it.http.hostile;

import org.jspecify.annotations.NullMarked;
