/**
 * Carries K from a device of an employee to another that the same person has before them, by CPace
 * over six digits (spec HK1-T-01). The portal passes messages on and is not believed about any of
 * it. Each side counts its tries itself, and K goes only to a device that has shown that it was
 * told the digits.
 */
@NullMarked
package org.hikae.device.transfer;

import org.jspecify.annotations.NullMarked;
