/**
 * Watching a portal's transparency log from outside (spec, page transparency.md): reads all of it,
 * and compares it with what was kept of it.
 */
@NullMarked
package org.hikae.admin.transparency;

import org.jspecify.annotations.NullMarked;
