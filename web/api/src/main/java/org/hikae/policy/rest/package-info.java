/** Policies: what they say, for whom, and changing them. */
@NullMarked
package org.hikae.policy.rest;

import org.jspecify.annotations.NullMarked;
