/**
 * Commands that an agent which stays does for others: the client that hands one over, and the
 * sessions that do it as if it had been typed here.
 */
@NullMarked
package org.hikae.device.cli.daemon;

import org.jspecify.annotations.NullMarked;
