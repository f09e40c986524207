/** Reads and writes versions of policies. Knows no use case. */
@NullMarked
package org.hikae.policy.store;

import org.jspecify.annotations.NullMarked;
