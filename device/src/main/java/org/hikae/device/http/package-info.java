/**
 * HTTP calls with time-outs, limits of size and rate, and bounded retries. It knows no operation of
 * the portal.
 */
@NullMarked
package org.hikae.device.http;

import org.jspecify.annotations.NullMarked;
