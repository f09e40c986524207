/** Offers over REST. */
@NullMarked
package org.hikae.rollout.rest;

import org.jspecify.annotations.NullMarked;
