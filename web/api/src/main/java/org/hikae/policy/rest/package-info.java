/** Policies over REST. */
@NullMarked
package org.hikae.policy.rest;

import org.jspecify.annotations.NullMarked;
