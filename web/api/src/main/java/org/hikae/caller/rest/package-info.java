/**
 * The company's own programs that use the API, the limit of calls, and requests that are sent
 * again.
 */
@NullMarked
package org.hikae.caller.rest;

import org.jspecify.annotations.NullMarked;
