/** hikae find: names in all snapshots. It restores nothing. */
@NullMarked
package org.hikae.device.cli.search;

import org.jspecify.annotations.NullMarked;
