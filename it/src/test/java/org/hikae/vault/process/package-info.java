/**
 * A vault as it ships, in the process of a system test and without the waits between attempts. It
 * has the package of the vault's own process, whose parts it puts together.
 */
@NullMarked
package org.hikae.vault.process;

import org.jspecify.annotations.NullMarked;
