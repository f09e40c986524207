package org.hikae.hk1;

/**
 * Numbers of protocol HK1 that more than one party needs. Changing one is a new suite, never an
 * edit.
 */
public final class Hk1Constants {

  /**
   * Suite 1: OPAQUE-3DH P256-SHA256, Argon2id(64 MiB, 3, 4), HKDF/HMAC-SHA-256, AES-256-GCM, HPKE
   * P-256.
   */
  public static final int SUITE = 0x0001;

  /** Length of setId, wrapId, deviceId, loginId, runId and snapshotId, in bytes. */
  public static final int ID_BYTES = 16;

  /** Length of SHA-256 outputs, keys, salts, commitments and credId, in bytes. */
  public static final int HASH_BYTES = 32;

  /** Length of an ECDSA P-256 signature in IEEE P1363 form, in bytes. */
  public static final int SIGNATURE_BYTES = 64;

  /** Length of an authentication tag of AES-256-GCM, in bytes. */
  public static final int TAG_BYTES = 16;

  /** The largest object a device may send and the portal will take, in bytes. */
  public static final int MAX_OBJECT_BYTES = 24 * 1024 * 1024;

  /** The largest wrap, in bytes. */
  public static final int MAX_WRAP_BYTES = 4096;

  /**
   * The largest SubjectPublicKeyInfo of a P-256 key that is read, in bytes (the usual form has 91).
   */
  public static final int MAX_SPKI_BYTES = 128;

  /** The largest vault message, sealed or not, in bytes. */
  public static final int MAX_VAULT_MESSAGE_BYTES = 32 * 1024;

  private Hk1Constants() {}
}
