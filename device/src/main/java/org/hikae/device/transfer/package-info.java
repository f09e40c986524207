/**
 * Carries K from a device of an employee to another that the same person has before them, by CPace
 * over six digits (spec HK1-T-01). The portal passes messages on and is not believed about any of
 * it: how often a code is tried each side counts by itself, and nothing leaves the old device
 * before the new one has shown that it knows the code.
 */
@NullMarked
package org.hikae.device.transfer;

import org.jspecify.annotations.NullMarked;
