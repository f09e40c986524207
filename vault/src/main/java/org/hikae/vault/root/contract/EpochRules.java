package org.hikae.vault.root.contract;

import org.hikae.vault.port.UnavailableException;

/** What both kinds of epoch keys refuse, in the same words. */
public final class EpochRules {

  private EpochRules() {}

  /** Epochs are numbered from 0 up. */
  public static void requireValid(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("An epoch (" + epoch + ") must be from 0 up.");
    }
  }

  public static UnavailableException noKey(int epoch) {
    return new UnavailableException("The root has no key of epoch " + epoch + ".", null);
  }
}
