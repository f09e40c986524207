/** Attacks on what device and vault say to each other. */
@NullMarked
package org.hikae.vault.wire;

import org.jspecify.annotations.NullMarked;
