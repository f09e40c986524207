package org.hikae.vault.exploration.system;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.Id128;
import org.hikae.vault.core.OpaqueEvaluator;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.LoginFinish;
import org.hikae.vault.wire.VaultPayload.Operation;

/**
 * OPAQUE's messages without its secrecy: a password is a number that stands in the messages, and
 * who has guessed it can make KE3. A thousand times faster than points on a curve.
 */
final class FakeOpaqueEvaluator implements OpaqueEvaluator {

  private static final int NONCE = 32;

  private final SecureRandom random;

  /** Runs once, inside the next evaluation of a login. */
  Runnable inside = () -> {};

  FakeOpaqueEvaluator(SecureRandom random) {
    this.random = random;
  }

  // The client's half.

  static byte[] request(int number) {
    return numbered(VaultPayload.REGISTRATION_REQUEST_BYTES, number, 0);
  }

  static byte[] upload(int password) {
    return numbered(VaultPayload.REGISTRATION_UPLOAD_BYTES, password, 0);
  }

  static byte[] ke1(int password, int number) {
    return numbered(VaultPayload.KE1_BYTES, password, number);
  }

  private static byte[] numbered(int length, int first, int second) {
    byte[] bytes = new byte[length];
    ByteBuffer.wrap(bytes).putInt(first).putInt(second);
    return bytes;
  }

  /** LoginFinish of somebody who takes the password for {@code password}. */
  static LoginFinish proof(byte[] loginId, byte[] ke2, int password, Operation what, byte[] with) {
    byte[] ke3 = ke3(ke2, password);
    byte[] bound = LoginFinish.macBytes(loginId, what, with);
    return new LoginFinish(loginId, ke3, what, with, HmacSha256.mac(sessionKey(ke3), bound));
  }

  private static byte[] ke3(byte[] ke2, int password) {
    byte[] nonce = Arrays.copyOf(ke2, NONCE);
    return Hash256.sha256(Transcript.of("pretended").add(nonce).addU32(password).toBytes())
        .toBytes();
  }

  private static byte[] sessionKey(byte[] ke3) {
    return Hash256.sha256(ke3).toBytes();
  }

  // The vault's half.

  @Override
  public void requireRequest(byte[] registrationRequest) {}

  @Override
  public void requireUpload(byte[] registrationUpload) {}

  @Override
  public void requireKe1(byte[] ke1) {}

  @Override
  public byte[] register(byte[] registrationRequest, Scalar factor) {
    return new byte[VaultPayload.REGISTRATION_RESPONSE_BYTES];
  }

  @Override
  public RecordSealer.LoginSecrets answer(byte[] ke1, RecordSecrets secrets, Id128 setId) {
    Runnable once = inside;
    inside = () -> {};
    once.run();
    byte[] ke2 = new byte[VaultPayload.KE2_BYTES];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    System.arraycopy(nonce, 0, ke2, 0, NONCE);
    int guessed = ByteBuffer.wrap(ke1).getInt();
    int registered = ByteBuffer.wrap(secrets.upload()).getInt();
    byte[] expected = ke3(ke2, registered);
    // No KE3 belongs to a KE1 of another password.
    return new RecordSealer.LoginSecrets(
        ke2, SecretBytes.take(guessed == registered ? expected : sessionKey(expected)));
  }

  @Override
  public boolean proves(SecretBytes encoded, LoginFinish message) {
    byte[] bound = LoginFinish.macBytes(message.loginId(), message.operation(), message.argument());
    return MessageDigest.isEqual(encoded.expose(), message.ke3())
        && HmacSha256.verify(sessionKey(message.ke3()), bound, message.mac());
  }
}
