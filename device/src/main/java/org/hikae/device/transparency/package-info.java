/**
 * What this device believes of the portal's transparency log (spec HK1-X-09 to HK1-X-11): that it
 * only grows, and that the vault's card which is used here stands in it for everybody.
 */
@NullMarked
package org.hikae.device.transparency;

import org.jspecify.annotations.NullMarked;
