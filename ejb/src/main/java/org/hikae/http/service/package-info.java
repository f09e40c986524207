/**
 * Undertow handlers that every request passes before the container looks at it. Calls no boundary
 * and no job.
 */
@NullMarked
package org.hikae.http.service;

import org.jspecify.annotations.NullMarked;
