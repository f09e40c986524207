package org.hikae.vault.port;

import java.util.SortedSet;
import org.hikae.hk1.Transcript;

/**
 * The root's sealing keys, one per epoch. What was sealed under an epoch's key can never be opened
 * again once that key is destroyed, whatever copies of the store exist. Contract: safe for several
 * threads; {@link #create} and {@link #destroy} return only when they are durable.
 */
public interface EpochKeys {

  /** The numbers of the epochs whose key exists, read afresh. */
  SortedSet<Integer> existing();

  /**
   * Makes the key of an epoch; one that exists stays as it is.
   *
   * @throws UnavailableException when that cannot be done now
   */
  void create(int epoch);

  /**
   * A key derived from the epoch's key, 32 bytes; the same input gives the same key.
   *
   * @throws UnavailableException when the root does not answer or the epoch has no key
   */
  byte[] derive(int epoch, Transcript input);

  /**
   * Destroys the key of an epoch; none there is success.
   *
   * @throws UnavailableException when that cannot be done now
   */
  void destroy(int epoch);
}
