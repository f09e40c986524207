/**
 * Shows that what is stored could be recovered: a sample of a snapshot is restored to nowhere, and
 * what went well is remembered until the portal has it (spec HK1-R-18).
 */
@NullMarked
package org.hikae.device.drill;

import org.jspecify.annotations.NullMarked;
