/**
 * Every sequence of actions up to a length, each state once, with every invariant checked, and the
 * known attacks put back into the vault. Only tests use it.
 */
@NullMarked
package org.hikae.vault.exploration;

import org.jspecify.annotations.NullMarked;
