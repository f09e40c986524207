package org.hikae.vault.core;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.server.PendingLogin;
import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.wire.VaultPayload;
import org.jspecify.annotations.Nullable;

/**
 * Seals what the store keeps: AES-256-GCM under a key that the root's HMAC makes for one record or
 * one login, with everything the row says about itself as additional data. Without the root nothing
 * opens; a row moved to another employee, set, record, stage or login does not open either. Counts
 * carry a code of the same root.
 */
final class RecordSeal {

  private final RootKey root;
  private final String tenant;
  private final SecureRandom random;

  RecordSeal(RootKey root, String tenant, SecureRandom random) {
    this.root = root;
    this.tenant = tenant;
    this.random = random;
  }

  /**
   * The secrets of a record.
   *
   * @param factor {@code r_u}: its part of the OPRF key
   * @param upload OPAQUE's registration upload, empty before RegFinish
   * @param wrap the password wrap, empty before RegFinish
   */
  record Secrets(Scalar factor, byte[] upload, byte[] wrap) {
    @Override
    public String toString() {
      return "Secrets(REDACTED)";
    }
  }

  /**
   * The secrets of a login between KE2 and KE3.
   *
   * @param ke2 what was answered
   * @param pending what decides the login
   */
  record Login(byte[] ke2, SecretBytes pending) {
    @Override
    public String toString() {
      return "Login(REDACTED)";
    }
  }

  byte[] seal(VaultRecord.Id id, Stage stage, Secrets secrets) {
    byte[] plain =
        Transcript.fields()
            .add(secrets.factor().encode())
            .add(secrets.upload())
            .add(secrets.wrap())
            .toBytes();
    return seal(recordKey(id), recordData(id, stage), plain);
  }

  Secrets open(VaultRecord row) {
    byte[] plain = open(recordKey(row.id()), recordData(row.id(), row.stage()), row.sealed());
    try {
      FieldReader in = new FieldReader(plain);
      Secrets secrets =
          new Secrets(
              Scalar.decode(in.exactly("factor", Scalar.BYTES)),
              in.atMost("upload", VaultPayload.REGISTRATION_UPLOAD_BYTES),
              in.atMost("wrap", VaultPayload.PASSWORD_WRAP_BYTES));
      in.end();
      return secrets;
    } catch (MalformedException | CryptoException e) {
      throw new TamperedException("A record opened to bytes that this vault does not write.");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  byte[] seal(Attempt attempt, Login login) {
    byte[] exposed = login.pending().expose();
    byte[] plain = Transcript.fields().add(login.ke2()).add(exposed).toBytes();
    Arrays.fill(exposed, (byte) 0);
    return seal(loginKey(attempt.id()), loginData(attempt), plain);
  }

  Login open(Attempt attempt) {
    byte[] plain = open(loginKey(attempt.id()), loginData(attempt), attempt.sealed());
    try {
      FieldReader in = new FieldReader(plain);
      Login login =
          new Login(
              in.exactly("ke2", VaultPayload.KE2_BYTES),
              SecretBytes.take(in.exactly("pending", PendingLogin.BYTES)));
      in.end();
      return login;
    } catch (MalformedException e) {
      throw new TamperedException("A login opened to bytes that this vault does not write.");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The root's code over an employee's counts. */
  byte[] mac(EmployeeId employee, Counts counts) {
    return root.hmac(
        Transcript.of("vault counts")
            .add(tenant)
            .add(employee.toBytes())
            .addU8(counts.consecutive())
            .addU8(counts.lifetime())
            .addU64(counts.run()));
  }

  private byte[] recordKey(VaultRecord.Id id) {
    return root.hmac(
        Transcript.of("vault record key").addU16(Hk1.SUITE).add(id.credId().toBytes()));
  }

  private byte[] recordData(VaultRecord.Id id, Stage stage) {
    return Transcript.of("vault record")
        .add(tenant)
        .add(id.employee().toBytes())
        .add(id.setId())
        .add(id.credId().toBytes())
        .add(id.ownerKey())
        .addU8(stage.number())
        .toBytes();
  }

  private byte[] loginKey(Attempt.Id id) {
    return root.hmac(
        Transcript.of("vault login key")
            .addU16(Hk1.SUITE)
            .add(id.credId().toBytes())
            .add(id.employee().toBytes())
            .add(id.loginId()));
  }

  private byte[] loginData(Attempt attempt) {
    return Transcript.of("vault login")
        .add(tenant)
        .add(attempt.requestHash().toBytes())
        .add(attempt.deviceId())
        .addU64(attempt.chargedAt().toEpochMilli())
        .toBytes();
  }

  private byte[] seal(byte[] key, byte[] data, byte[] plain) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = AesGcm.seal(key, nonce, data, plain);
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(key, (byte) 0);
    byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
    return whole;
  }

  private static byte[] open(byte[] key, byte[] data, byte @Nullable [] sealed) {
    if (sealed == null || sealed.length < AesGcm.NONCE_BYTES) {
      throw new TamperedException("A row that must have sealed bytes has none.");
    }
    byte[] nonce = Arrays.copyOf(sealed, AesGcm.NONCE_BYTES);
    byte[] body = Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length);
    try {
      return AesGcm.open(key, nonce, data, body);
    } catch (CryptoException e) {
      throw new TamperedException("A row does not open: altered, moved, or of another root.");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
