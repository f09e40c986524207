/** Reads and writes campaigns, and finds audiences in the database. Knows no use case. */
@NullMarked
package org.hikae.rollout.store;

import org.jspecify.annotations.NullMarked;
