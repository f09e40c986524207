package org.hikae.crypto.interop;

import org.hikae.crypto.CryptoException;

/**
 * A server's half with keys of its own and one account, ours or the peer's. A refusal is a {@link
 * CryptoException} in both.
 */
interface InteropServer {

  /** The AKE key, 33 bytes. */
  byte[] publicKey();

  /** CreateRegistrationResponse. */
  byte[] register(byte[] request) throws CryptoException;

  /** GenerateKE2 on what a client uploaded. */
  Pending answer(byte[] upload, byte[] ke1) throws CryptoException;

  /** GenerateKE2 for an account that was never registered. */
  Pending answerUnknown(byte[] ke1) throws CryptoException;

  /** A login between KE2 and KE3. */
  interface Pending {

    byte[] ke2();

    /** ServerFinish: the session key; may be called again. */
    byte[] finish(byte[] ke3) throws CryptoException;
  }
}
