package org.hikae.vault.exploration.system;

import java.util.Set;

/**
 * The promises that an exploration watches.
 *
 * @param ignored those that the vault is known to break
 */
public record Promises(Set<Promise> ignored) {

  public void require(Promise promise, boolean kept, String how) {
    if (!kept && !ignored.contains(promise)) {
      throw new Promise.Broken(promise, how);
    }
  }
}
