/**
 * A vault in memory with a device that speaks to it, and doubles of its ports. Only tests use it.
 */
@NullMarked
package org.hikae.vault.testing;

import org.jspecify.annotations.NullMarked;
