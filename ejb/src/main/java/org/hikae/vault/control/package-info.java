/** The Unix socket to the vault, with bounded sizes, times and numbers. */
@NullMarked
package org.hikae.vault.control;

import org.jspecify.annotations.NullMarked;
