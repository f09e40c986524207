/**
 * Opting in and unlocking: how K is made, protected and opened again. The order is fixed so that a
 * crash at any point leaves either nothing, or an unfinished set that the next try replaces, and
 * never a set that counts without a tested protection.
 */
@NullMarked
package org.hikae.device.optin;

import org.jspecify.annotations.NullMarked;
