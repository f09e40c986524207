package org.hikae.vault.exploration.system;

import java.util.Set;

/**
 * The promises that an exploration watches.
 *
 * @param ignored those that the vault is known to break
 */
public record Invariants(Set<Invariant> ignored) {

  public void require(Invariant invariant, boolean kept, String how) {
    if (!kept && !ignored.contains(invariant)) {
      throw new Invariant.ViolatedException(invariant, how);
    }
  }
}
