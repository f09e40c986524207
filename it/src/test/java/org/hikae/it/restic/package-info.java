/**
 * restic's REST protocol, as a client that knows only the protocol sees it, and as an unmodified
 * restic does.
 */
@NullMarked
package org.hikae.it.restic;

import org.jspecify.annotations.NullMarked;
