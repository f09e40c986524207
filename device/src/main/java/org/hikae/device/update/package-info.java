/**
 * Updates of the agent (spec HK1-U-06): which signed list this device believes, and packages that
 * are exactly what it says. Nothing is installed here.
 */
@NullMarked
package org.hikae.device.update;

import org.jspecify.annotations.NullMarked;
