package org.hikae.crypto.interop;

import org.hikae.crypto.CryptoException;

/** A client's half, ours or the peer's. A refusal is a {@link CryptoException} in both. */
interface InteropClient {

  /** CreateRegistrationRequest. */
  Registration startRegistration(String password);

  /** GenerateKE1. */
  Login startLogin(String password);

  /** A registration between request and upload. */
  interface Registration {

    byte[] request();

    /** FinalizeRegistrationRequest; may be called again. */
    RegistrationOutcome finish(byte[] response) throws CryptoException;
  }

  /** A login between KE1 and KE3. */
  interface Login {

    byte[] ke1();

    /** GenerateKE3; may be called again. */
    LoginOutcome finish(byte[] ke2) throws CryptoException;
  }

  /** What a registration gives. */
  record RegistrationOutcome(byte[] upload, byte[] exportKey) {}

  /** What a login gives. */
  record LoginOutcome(byte[] ke3, byte[] sessionKey, byte[] exportKey) {}
}
