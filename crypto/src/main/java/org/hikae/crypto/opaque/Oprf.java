package org.hikae.crypto.opaque;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.hk1.Hash256;

/**
 * The client's steps of the oblivious pseudorandom function P256-SHA256 in mode 0 (RFC 9497,
 * section 3.3.1). The server's only step is a multiplication by its key.
 */
public final class Oprf {

  private static final String HASH_TO_GROUP_DST = "HashToGroup-OPRFV1-\0-P256-SHA256";
  private static final byte[] FINALIZE = "Finalize".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_INPUT_BYTES = 0xffff;

  private final P256Group group;

  /** Computes in {@code group}. */
  public Oprf(P256Group group) {
    this.group = group;
  }

  /**
   * A blinded input.
   *
   * @param blind kept by the client until {@link #finish}
   * @param blindedElement sent to the server; uniformly random, whatever the input
   */
  public record Blinded(Scalar blind, Element blindedElement) {}

  /**
   * Blind.
   *
   * @param input at most 65535 bytes
   */
  public Blinded blind(byte[] input, SecureRandom random) {
    requireLength(input);
    Scalar blind = Scalar.random(random);
    return new Blinded(
        blind, group.multiply(P256Group.hashToGroup(input, HASH_TO_GROUP_DST), blind));
  }

  /**
   * Finalize: 32 bytes that depend on input and server key only.
   *
   * @param input at most 65535 bytes
   */
  public byte[] finish(byte[] input, Scalar blind, Element evaluatedElement) {
    requireLength(input);
    byte[] element = group.multiply(evaluatedElement, group.invert(blind)).encode();
    ByteBuffer hashInput =
        ByteBuffer.allocate(2 + input.length + 2 + element.length + FINALIZE.length);
    hashInput.putShort((short) input.length).put(input);
    hashInput.putShort((short) element.length).put(element).put(FINALIZE);
    byte[] output = Hash256.newDigest().digest(hashInput.array());
    Arrays.fill(hashInput.array(), (byte) 0);
    return output;
  }

  private static void requireLength(byte[] input) {
    if (input.length > MAX_INPUT_BYTES) {
      throw new IllegalArgumentException("input may have at most 65535 bytes, not " + input.length);
    }
  }
}
