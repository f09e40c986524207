package org.hikae.hk1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The clear head of a wrap of K (spec HK1-K-03). The portal reads it to file the wrap; it can open
 * nothing with it.
 *
 * <pre>
 * offset  bytes  field
 *      0      4  magic "HK1w"
 *      4      2  suite
 *      6      1  method
 *      7      1  flags, 0
 *      8     16  setId
 *     24      4  generation, from 1
 *     28     16  wrapId
 *     44     32  salt
 *     76      2  length of params
 *     78      n  params (method 1: credId, 32 bytes; method 2: none; method 5: u32 generation above)
 * then       32  commitment, then 48 bytes: K sealed by AES-256-GCM
 * </pre>
 *
 * @param method who can open it
 * @param setId the backup set, 16 bytes
 * @param generation generation of K
 * @param wrapId identifier of this wrap, 16 bytes
 * @param salt 32 fresh random bytes
 * @param params parameters of the method
 */
public record WrapHeader(
    WrapMethod method, byte[] setId, long generation, byte[] wrapId, byte[] salt, byte[] params) {

  /** First four bytes of every wrap. */
  public static final String MAGIC = "HK1w";

  /** Length of the head without parameters, in bytes. */
  public static final int FIXED_BYTES = 78;

  /** Length of what follows the head: commitment and sealed K, in bytes. */
  public static final int BODY_BYTES =
      Hk1Constants.HASH_BYTES + Hk1Constants.HASH_BYTES + Hk1Constants.TAG_BYTES;

  /** Checks lengths and ranges and copies the arrays. */
  public WrapHeader {
    if (setId.length != Hk1Constants.ID_BYTES
        || wrapId.length != Hk1Constants.ID_BYTES
        || salt.length != Hk1Constants.HASH_BYTES) {
      throw new IllegalArgumentException("setId and wrapId have 16 bytes, salt has 32");
    }
    if (generation < 1 || generation > 0xffff_ffffL || params.length != method.paramsBytes()) {
      throw new IllegalArgumentException("generation or parameters are out of range for " + method);
    }
    setId = setId.clone();
    wrapId = wrapId.clone();
    salt = salt.clone();
    params = params.clone();
  }

  @Override
  public byte[] setId() {
    return setId.clone();
  }

  @Override
  public byte[] wrapId() {
    return wrapId.clone();
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public byte[] params() {
    return params.clone();
  }

  /** The head as bytes. */
  public byte[] encode() {
    return ByteBuffer.allocate(FIXED_BYTES + params.length)
        .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
        .putShort((short) Hk1Constants.SUITE)
        .put((byte) method.number())
        .put((byte) 0)
        .put(setId)
        .putInt((int) generation)
        .put(wrapId)
        .put(salt)
        .putShort((short) params.length)
        .put(params)
        .array();
  }

  /**
   * Reads the head of a whole wrap and refuses any other total length than the method prescribes.
   */
  public static WrapHeader parse(byte[] wrap) throws MalformedException {
    if (wrap.length < FIXED_BYTES + BODY_BYTES || wrap.length > Hk1Constants.MAX_WRAP_BYTES) {
      throw new MalformedException("A wrap of " + wrap.length + " bytes cannot be right.");
    }
    ByteBuffer in = ByteBuffer.wrap(wrap);
    byte[] magic = take(in, 4);
    if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw new MalformedException("These bytes are not a wrap.");
    }
    int suite = in.getShort() & 0xffff;
    if (suite != Hk1Constants.SUITE) {
      throw new MalformedException(
          "Suite " + suite + " of the wrap is unknown; a newer version may know it.");
    }
    WrapMethod method = WrapMethod.of(in.get() & 0xff);
    if (in.get() != 0) {
      throw new MalformedException("The wrap has unknown flags.");
    }
    byte[] setId = take(in, Hk1Constants.ID_BYTES);
    long generation = in.getInt() & 0xffff_ffffL;
    byte[] wrapId = take(in, Hk1Constants.ID_BYTES);
    byte[] salt = take(in, Hk1Constants.HASH_BYTES);
    int paramsLength = in.getShort() & 0xffff;
    boolean exact =
        paramsLength == method.paramsBytes()
            && wrap.length == FIXED_BYTES + paramsLength + BODY_BYTES;
    if (generation == 0 || !exact) {
      throw new MalformedException("The wrap's generation or length cannot be right.");
    }
    return new WrapHeader(method, setId, generation, wrapId, salt, take(in, paramsLength));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
