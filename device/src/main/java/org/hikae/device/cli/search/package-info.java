/** Names in all snapshots, for {@code hikae find} and the window. It restores nothing. */
@NullMarked
package org.hikae.device.cli.search;

import org.jspecify.annotations.NullMarked;
