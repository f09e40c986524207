/**
 * Reads and writes requests that may be repeated, and which programs used the API. Knows no use
 * case.
 */
@NullMarked
package org.hikae.caller.store;

import org.jspecify.annotations.NullMarked;
