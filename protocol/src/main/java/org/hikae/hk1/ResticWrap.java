package org.hikae.hk1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Form of a restic password under K (spec HK1-G-10). What is in it only a device with K can tell;
 * the portal checks the form alone.
 *
 * <pre>
 * offset  bytes  field
 *      0      4  magic "HK1t"
 *      4      2  suite
 *      6      2  flags, 0
 *      8     32  salt
 *     40     32  commitment
 *     72    272  AES-256-GCM of u16 length, the password in UTF-8, zeros up to 256 bytes
 * </pre>
 */
public final class ResticWrap {

  /** How it begins. */
  public static final String MAGIC = "HK1t";

  /** Sealed bytes before encryption, whatever the length of the password. */
  public static final int PLAIN_BYTES = 256;

  /** The longest password, in bytes of UTF-8. */
  public static final int MAX_PASSWORD_BYTES = PLAIN_BYTES - 2;

  /** Length of every wrap. */
  public static final int BYTES = 72 + PLAIN_BYTES + Hk1Constants.TAG_BYTES;

  /** Most passwords that are kept with a repository; none is ever overwritten. */
  public static final int MAX_KEPT = 20;

  private ResticWrap() {}

  /** Refuses bytes that do not have the form. */
  public static void check(byte[] wrap) throws MalformedException {
    if (wrap.length != BYTES) {
      throw new MalformedException("A restic password under K has " + BYTES + " bytes.");
    }
    byte[] head =
        ByteBuffer.allocate(8)
            .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
            .putShort((short) Hk1Constants.SUITE)
            .putShort((short) 0)
            .array();
    if (Arrays.mismatch(head, 0, head.length, wrap, 0, head.length) >= 0) {
      throw new MalformedException("The head of a restic password under K is unknown.");
    }
  }
}
