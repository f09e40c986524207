package org.hikae.vault.core;

import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.account.Id128;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.wire.VaultPayload.LoginFinish;

/**
 * The vault's half of OPAQUE: evaluates and decides, keeps nothing and counts nothing. Who may ask
 * is decided before.
 */
public interface OpaqueEvaluator {

  /** Refuses a registration request that is not well formed. */
  void requireRequest(byte[] registrationRequest);

  /** Refuses an upload that is not well formed. */
  void requireUpload(byte[] registrationUpload);

  /** Refuses a KE1 that is not well formed. */
  void requireKe1(byte[] ke1);

  /**
   * The one evaluation of a registration.
   *
   * @throws UnavailableException when the root does not answer
   */
  byte[] register(byte[] registrationRequest, Scalar factor);

  /**
   * KE2 and what decides the login. May be one guess: charge before.
   *
   * @throws UnavailableException when the root does not answer
   */
  RecordSealer.LoginSecrets answer(byte[] ke1, RecordSecrets secrets, Id128 setId);

  /** Whether KE3 is right and its session key vouches for the operation. */
  boolean proves(SecretBytes encoded, LoginFinish message);
}
