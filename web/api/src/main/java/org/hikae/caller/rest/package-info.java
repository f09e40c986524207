/**
 * The company's own programs that use the API, how often somebody may call it ({@link
 * org.hikae.caller.rest.RateLimitFilter}), and that a repeated request is done once ({@link
 * org.hikae.caller.rest.IdempotencyFilter}).
 */
@NullMarked
package org.hikae.caller.rest;

import org.jspecify.annotations.NullMarked;
