/** JSON records of policies that devices follow. */
@NullMarked
package org.hikae.policy.wire;

import org.jspecify.annotations.NullMarked;
