/**
 * Watching a portal's transparency log (spec, page transparency.md): reads all of it, and compares
 * it with what was kept of it.
 */
@NullMarked
package org.hikae.transparency.log.wire;

import org.jspecify.annotations.NullMarked;
