/**
 * Which snapshot is the newest, which is current and which is gone, from signed roots, this device
 * and the vault, never from the portal.
 */
@NullMarked
package org.hikae.device.history;

import org.jspecify.annotations.NullMarked;
