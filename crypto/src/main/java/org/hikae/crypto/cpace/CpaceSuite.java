package org.hikae.crypto.cpace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;

/**
 * CPACE-P256_XMD:SHA-256_SSWU_NU_-SHA256 of draft-irtf-cfrg-cpace-21: how inputs and messages
 * become a generator, a session key and the key that confirms it.
 */
final class CpaceSuite {

  /** G.DSI. */
  static final String GROUP = "CPaceP256_XMD:SHA-256_SSWU_NU_";

  private static final byte[] GROUP_BYTES = GROUP.getBytes(US_ASCII);
  private static final byte[] SESSION_KEY = (GROUP + "_ISK").getBytes(US_ASCII);
  private static final byte[] CONFIRMATION = "CPaceMac".getBytes(US_ASCII);

  /** H.s_in_bytes: the input block of SHA-256. */
  private static final int BLOCK = 64;

  private CpaceSuite() {}

  /** The bytes, each after its length in LEB128 (lv_cat). */
  static byte[] withLengths(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      int left = part.length;
      while (left > 0x7F) {
        out.write((left & 0x7F) | 0x80);
        left >>>= 7;
      }
      out.write(left);
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** What is hashed to the generator (generator_string); holds the code. */
  static byte[] generatorString(byte[] code, byte[] channel, byte[] sessionId) {
    byte[] group = withLengths(GROUP_BYTES);
    byte[] withLength = withLengths(code);
    int padding = Math.max(0, BLOCK - 1 - withLength.length - group.length);
    Arrays.fill(withLength, (byte) 0);
    return withLengths(GROUP_BYTES, code, new byte[padding], channel, sessionId);
  }

  /**
   * The generator that only those know who know the code. Not constant-time, as the hash to the
   * curve is not: whoever measures it on this computer must not have many runs with one code.
   */
  static Element generator(SecretBytes code, byte[] channel, byte[] sessionId) {
    byte[] exposed = code.expose();
    byte[] string = generatorString(exposed, channel, sessionId);
    try {
      return P256Group.encodeToGroup(string, GROUP + "_DST");
    } finally {
      Arrays.fill(exposed, (byte) 0);
      Arrays.fill(string, (byte) 0);
    }
  }

  /** ISK of a run with an initiator and a responder. */
  static SecretBytes sessionKey(
      byte[] sessionId, byte[] shared, CpaceMessage initiator, CpaceMessage responder) {
    byte[] secret = withLengths(SESSION_KEY, sessionId, shared);
    byte[] input = joined(secret, initiator.transcript(), responder.transcript());
    try {
      return SecretBytes.take(Hash256.newDigest().digest(input));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(input, (byte) 0);
    }
  }

  /** The key of the codes that confirm a session key (section "Key Confirmation"). */
  static SecretBytes confirmationKey(byte[] sessionId, SecretBytes sessionKey) {
    byte[] exposed = sessionKey.expose();
    byte[] input = joined(CONFIRMATION, sessionId, exposed);
    try {
      return SecretBytes.take(Hash256.newDigest().digest(input));
    } finally {
      Arrays.fill(exposed, (byte) 0);
      Arrays.fill(input, (byte) 0);
    }
  }

  private static byte[] joined(byte[] first, byte[] second, byte[] third) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    System.arraycopy(third, 0, joined, first.length + second.length, third.length);
    return joined;
  }
}
