/** Nightly maintenance looked at from the database. */
@NullMarked
package org.hikae.it.maintenance;

import org.jspecify.annotations.NullMarked;
