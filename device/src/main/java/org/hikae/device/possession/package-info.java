/**
 * Asks the portal for parts of stored packs that it cannot guess beforehand, and keeps what is
 * wrong with the answers as evidence (spec HK1-Q-01 to HK1-Q-07).
 */
@NullMarked
package org.hikae.device.possession;

import org.jspecify.annotations.NullMarked;
