package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.ResticWrap;

/**
 * The password of a restic repository under K (spec HK1-G-10). Its key depends on the set, which is
 * one employee's, on the generation and on the repository, so that one served for another
 * repository, set or employee does not open; one in which any bit was changed does not open either.
 * All have the same length, whatever the password.
 */
public final class ResticPasswordSealer {

  private static final String PURPOSE = "HK1 restic";

  private ResticPasswordSealer() {}

  /**
   * Where a password belongs.
   *
   * @param setId the set, 16 bytes
   * @param generation generation of K
   * @param repository name of the repository, 16 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record PasswordPlace(byte[] setId, long generation, byte[] repository) {

    /** Checks the lengths. */
    public PasswordPlace {
      if (setId.length != Hk1Constants.ID_BYTES || repository.length != Hk1Constants.ID_BYTES) {
        throw new IllegalArgumentException("setId and repository have 16 bytes");
      }
      setId = setId.clone();
      repository = repository.clone();
    }

    @Override
    public byte[] setId() {
      return setId.clone();
    }

    @Override
    public byte[] repository() {
      return repository.clone();
    }

    /** A repository of the set of {@code key}. */
    public static PasswordPlace of(BackupKey key, byte[] repository) {
      return new PasswordPlace(key.setId(), key.generation(), repository);
    }

    private byte[] encode() {
      return ByteBuffer.allocate(2 * Hk1Constants.ID_BYTES + 4)
          .put(setId)
          .putInt((int) generation)
          .put(repository)
          .array();
    }
  }

  /**
   * Seals a password.
   *
   * @param resticKey the subkey for it
   * @param password 1 to 254 bytes of UTF-8
   */
  public static byte[] seal(
      SecretBytes resticKey, PasswordPlace place, SecretBytes password, SecureRandom random) {
    if (password.length() < 1 || password.length() > ResticWrap.MAX_PASSWORD_BYTES) {
      throw new IllegalArgumentException("a password has 1 to 254 bytes");
    }
    byte[] typed = password.expose();
    byte[] plain =
        ByteBuffer.allocate(ResticWrap.PLAIN_BYTES)
            .putShort((short) typed.length)
            .put(typed)
            .array();
    try {
      SealHeader header =
          SealHeader.create(ResticWrap.MAGIC, PURPOSE, resticKey, place.encode(), plain, random);
      return ByteBuffer.allocate(ResticWrap.BYTES)
          .put(header.bytes())
          .put(header.seal(0, plain))
          .array();
    } finally {
      Arrays.fill(typed, (byte) 0);
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Opens a password in its place; the caller closes it.
   *
   * @throws DamagedDataException when it was sealed for another place or under another K, or
   *     altered
   */
  public static SecretBytes open(SecretBytes resticKey, PasswordPlace place, byte[] wrap)
      throws DamagedDataException {
    if (wrap.length != ResticWrap.BYTES) {
      throw new DamagedDataException("A password of restic has another length.");
    }
    SealHeader header = SealHeader.read(ResticWrap.MAGIC, PURPOSE, resticKey, place.encode(), wrap);
    byte[] plain = header.open(0, Arrays.copyOfRange(wrap, SealHeader.BYTES, wrap.length));
    try {
      int length = ByteBuffer.wrap(plain).getShort() & 0xffff;
      if (length < 1 || length > ResticWrap.MAX_PASSWORD_BYTES) {
        throw new DamagedDataException("A password of restic has an impossible length.");
      }
      return SecretBytes.take(Arrays.copyOfRange(plain, 2, 2 + length));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
