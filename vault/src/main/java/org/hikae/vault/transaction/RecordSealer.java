package org.hikae.vault.transaction;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.wire.VaultPayload;

/**
 * Seals what the store keeps: AES-256-GCM under a key that the root makes for one record or one
 * login, which is in the additional data. Without the root nothing opens; bytes moved to another
 * record or login do not open either. That a record's bytes belong to its account is checked by
 * {@link RecordSecrets#hash}, which stands in the account.
 */
public final class RecordSealer {

  private static final int MAX_PENDING_BYTES = 512;

  private final RootKey root;
  private final EpochKeys epochs;
  private final String tenant;
  private final SecureRandom random;

  public RecordSealer(RootKey root, EpochKeys epochs, String tenant, SecureRandom random) {
    this.root = root;
    this.epochs = epochs;
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
  public record RecordSecrets(Scalar factor, byte[] upload, byte[] wrap) {

    /** What the account says they are; zero before RegFinish. */
    Hash256 hash() {
      return upload.length == 0 ? Hash256.ZERO : hash(upload, wrap);
    }

    public static Hash256 hash(byte[] upload, byte[] wrap) {
      return Hash256.sha256(Transcript.of("vault upload").add(upload).add(wrap).toBytes());
    }

    @Override
    public String toString() {
      return "RecordSecrets(REDACTED)";
    }
  }

  /**
   * The secrets of a login between KE2 and KE3.
   *
   * @param ke2 what was answered
   * @param pending what decides the login
   */
  public record LoginSecrets(byte[] ke2, SecretBytes pending) {
    @Override
    public String toString() {
      return "LoginSecrets(REDACTED)";
    }
  }

  public Secret seal(Hash256 credId, int epoch, RecordSecrets secrets) {
    byte[] plain =
        Transcript.fields()
            .add(secrets.factor().encode())
            .add(secrets.upload())
            .add(secrets.wrap())
            .toBytes();
    return new Secret(
        credId, epoch, seal(epochs.derive(epoch, recordName(credId)), recordName(credId), plain));
  }

  /** The same bytes under the key of another epoch. */
  Secret resealed(Secret secret, int epoch) {
    Transcript name = recordName(secret.id());
    byte[] plain = open(epochs.derive(secret.epoch(), name), name, secret.sealed());
    return new Secret(secret.id(), epoch, seal(epochs.derive(epoch, name), name, plain));
  }

  /**
   * Opens a record's secrets.
   *
   * @param expected what the account says they are
   */
  public RecordSecrets open(Secret secret, Hash256 expected) {
    Transcript name = recordName(secret.id());
    byte[] plain = open(epochs.derive(secret.epoch(), name), name, secret.sealed());
    try {
      TranscriptReader in = new TranscriptReader(plain);
      RecordSecrets secrets =
          new RecordSecrets(
              Scalar.decode(in.exactly("factor", Scalar.BYTES)),
              in.atMost("upload", VaultPayload.REGISTRATION_UPLOAD_BYTES),
              in.atMost("wrap", VaultPayload.PASSWORD_WRAP_BYTES));
      in.end();
      if (!secrets.hash().equals(expected)) {
        throw new TamperedException("A record's sealed bytes are of another time.");
      }
      return secrets;
    } catch (MalformedException | CryptoException e) {
      throw new TamperedException("A record opened to bytes that this vault does not write.");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  public Secret seal(Hash256 employee, Attempt attempt, LoginSecrets login) {
    byte[] exposed = login.pending().expose();
    byte[] plain = Transcript.fields().add(login.ke2()).add(exposed).toBytes();
    Arrays.fill(exposed, (byte) 0);
    Transcript name = loginName(employee, attempt);
    return new Secret(loginId(employee, attempt), 0, seal(root.hmac(name), name, plain));
  }

  public LoginSecrets open(Hash256 employee, Attempt attempt, Secret secret) {
    Transcript name = loginName(employee, attempt);
    byte[] plain = open(root.hmac(name), name, secret.sealed());
    try {
      TranscriptReader in = new TranscriptReader(plain);
      LoginSecrets login =
          new LoginSecrets(
              in.exactly("ke2", VaultPayload.KE2_BYTES),
              SecretBytes.take(in.atMost("pending", MAX_PENDING_BYTES)));
      in.end();
      return login;
    } catch (MalformedException e) {
      throw new TamperedException("A login opened to bytes that this vault does not write.");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Where a login's secrets lie. */
  public static Hash256 loginId(Hash256 employee, Attempt attempt) {
    return Hash256.sha256(
        Transcript.of("vault login id")
            .add(employee.toBytes())
            .add(attempt.loginId().toBytes())
            .toBytes());
  }

  private Transcript recordName(Hash256 credId) {
    return Transcript.of("vault record")
        .addU16(Hk1Constants.SUITE)
        .add(tenant)
        .add(credId.toBytes());
  }

  private Transcript loginName(Hash256 employee, Attempt attempt) {
    return Transcript.of("vault login")
        .addU16(Hk1Constants.SUITE)
        .add(tenant)
        .add(employee.toBytes())
        .add(attempt.credId().toBytes())
        .add(attempt.loginId().toBytes())
        .add(attempt.requestHash().toBytes())
        .addU64(attempt.chargedMillis());
  }

  private byte[] seal(byte[] key, Transcript name, byte[] plain) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = AesGcm.seal(key, nonce, name.toBytes(), plain);
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(key, (byte) 0);
    byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
    return whole;
  }

  private static byte[] open(byte[] key, Transcript name, byte[] sealed) {
    if (sealed.length < AesGcm.NONCE_BYTES) {
      throw new TamperedException("A secret is too short.");
    }
    byte[] nonce = Arrays.copyOf(sealed, AesGcm.NONCE_BYTES);
    byte[] body = Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length);
    try {
      return AesGcm.open(key, nonce, name.toBytes(), body);
    } catch (CryptoException e) {
      throw new TamperedException("A secret does not open: altered, moved, or of another root.");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
