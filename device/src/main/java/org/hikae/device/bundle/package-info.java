/**
 * Copies everything of a backup set into a folder, as it is stored: sealed, signed or public (spec
 * HK1-B-01). No key takes part, and what the portal hands out is compared with its name only; what
 * it is worth is said by who reads the folder.
 */
@NullMarked
package org.hikae.device.bundle;

import org.jspecify.annotations.NullMarked;
