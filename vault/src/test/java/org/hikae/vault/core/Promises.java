package org.hikae.vault.core;

import java.util.Set;

/**
 * The promises that an exploration watches.
 *
 * @param ignored those that the vault is known to break
 */
record Promises(Set<Promise> ignored) {

  void require(Promise promise, boolean kept, String how) {
    if (!kept && !ignored.contains(promise)) {
      throw new Promise.Broken(promise, how);
    }
  }
}
