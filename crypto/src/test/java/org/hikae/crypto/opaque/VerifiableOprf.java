package org.hikae.crypto.opaque;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.testing.RfcVectors;
import org.hikae.hk1.Hash256;

/**
 * VOPRF and POPRF of RFC 9497 (modes 1 and 2), written for the vectors only: they exercise the
 * group operations that production uses in mode 0.
 */
final class VerifiableOprf {

  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final P256Group group;
  private final int mode;
  private final String context;

  VerifiableOprf(P256Group group, int mode) {
    this.group = group;
    this.mode = mode;
    this.context = "OPRFV1-" + (char) mode + "-P256-SHA256";
  }

  /**
   * One vector and the suite it stands in. A batch has several values in a field, separated by
   * commas.
   */
  record Vector(JsonNode suite, JsonNode vector) {

    int mode() {
      return suite.get("mode").asInt();
    }

    int size() {
      return vector.get("Batch").asInt();
    }

    Scalar serverKey() throws CryptoException {
      return Scalar.decode(RfcVectors.hex(suite, "skSm"));
    }

    byte[] info() {
      return vector.has("Info") ? RfcVectors.hex(vector, "Info") : new byte[0];
    }

    byte[] one(String field) {
      return RfcVectors.hex(vector, field);
    }

    List<byte[]> all(String field) {
      List<byte[]> values = new ArrayList<>();
      for (String value : vector.get(field).asText().split(",", -1)) {
        values.add(RfcVectors.hex(value));
      }
      return values;
    }

    byte[] proof() {
      return RfcVectors.hex(vector.get("Proof"), "proof");
    }

    Scalar proofNonce() throws CryptoException {
      return Scalar.decode(RfcVectors.hex(vector.get("Proof"), "r"));
    }
  }

  Scalar deriveKey(byte[] seed, byte[] info) {
    byte[] input =
        Arrays.concatenate(seed, Arrays.concatenate(u16(info.length), info, new byte[1]));
    return P256Group.hashToScalar(input, "DeriveKeyPair" + context);
  }

  Element hashToGroup(byte[] input) {
    return P256Group.hashToGroup(input, "HashToGroup-" + context);
  }

  /** skS, or the tweaked key t of section 3.3.3. */
  Scalar evaluationKey(Scalar serverKey, byte[] info) throws CryptoException {
    if (mode == 1) {
      return serverKey;
    }
    Scalar m = hashToScalar(Arrays.concatenate(RfcVectors.ascii("Info"), lp(info)));
    return scalar(number(serverKey).add(number(m)));
  }

  Element evaluate(Element blinded, Scalar key) {
    return group.multiply(blinded, mode == 1 ? key : group.invert(key));
  }

  byte[] finish(byte[] input, byte[] info, Scalar blind, Element evaluated) {
    byte[] unblinded = group.multiply(evaluated, group.invert(blind)).encode();
    byte[] framedInfo = mode == 1 ? new byte[0] : lp(info);
    return Hash256.sha256(
            Arrays.concatenate(lp(input), framedInfo, lp(unblinded), RfcVectors.ascii("Finalize")))
        .toBytes();
  }

  /** GenerateProof of section 2.2.1. */
  byte[] prove(Scalar key, List<Element> blinded, List<Element> evaluated, Scalar r)
      throws CryptoException {
    Element publicKey = P256Group.multiplyBase(key);
    List<Element> mz = composites(publicKey, blinded, evaluated);
    Scalar c =
        challenge(publicKey, mz, P256Group.multiplyBase(r), group.multiply(mz.getFirst(), r));
    Scalar s = scalar(number(r).subtract(number(c).multiply(number(key))));
    return Arrays.concatenate(c.encode(), s.encode());
  }

  /** VerifyProof of section 2.2.2. */
  boolean verify(Element publicKey, List<Element> blinded, List<Element> evaluated, byte[] proof)
      throws CryptoException {
    Scalar c = Scalar.decode(Arrays.copyOf(proof, 32));
    Scalar s = Scalar.decode(Arrays.copyOfRange(proof, 32, 64));
    List<Element> mz = composites(publicKey, blinded, evaluated);
    Element t2 = P256Group.multiplyBase(s).add(group.multiply(publicKey, c));
    Element t3 = group.multiply(mz.getFirst(), s).add(group.multiply(mz.getLast(), c));
    return MessageDigest.isEqual(challenge(publicKey, mz, t2, t3).encode(), c.encode());
  }

  private List<Element> composites(
      Element publicKey, List<Element> blinded, List<Element> evaluated) {
    // In mode 2 the key multiplies the evaluated elements, and the blinded ones are the products.
    List<Element> cs = mode == 1 ? blinded : evaluated;
    List<Element> ds = mode == 1 ? evaluated : blinded;
    byte[] seed =
        Hash256.sha256(
                Arrays.concatenate(lp(publicKey.encode()), lp(RfcVectors.ascii("Seed-" + context))))
            .toBytes();
    Element m = null;
    Element z = null;
    for (int i = 0; i < cs.size(); i++) {
      ByteArrayOutputStream transcript = new ByteArrayOutputStream();
      transcript.writeBytes(lp(seed));
      transcript.writeBytes(u16(i));
      transcript.writeBytes(lp(cs.get(i).encode()));
      transcript.writeBytes(lp(ds.get(i).encode()));
      transcript.writeBytes(RfcVectors.ascii("Composite"));
      Scalar d = hashToScalar(transcript.toByteArray());
      Element nextM = group.multiply(cs.get(i), d);
      Element nextZ = group.multiply(ds.get(i), d);
      m = m == null ? nextM : m.add(nextM);
      z = z == null ? nextZ : z.add(nextZ);
    }
    return List.of(m, z);
  }

  private Scalar challenge(Element publicKey, List<Element> mz, Element t2, Element t3) {
    ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    for (Element element : List.of(publicKey, mz.getFirst(), mz.getLast(), t2, t3)) {
      transcript.writeBytes(lp(element.encode()));
    }
    transcript.writeBytes(RfcVectors.ascii("Challenge"));
    return hashToScalar(transcript.toByteArray());
  }

  private Scalar hashToScalar(byte[] input) {
    return P256Group.hashToScalar(input, "HashToScalar-" + context);
  }

  private static BigInteger number(Scalar scalar) {
    return new BigInteger(1, scalar.encode());
  }

  private static Scalar scalar(BigInteger number) throws CryptoException {
    return Scalar.decode(BigIntegers.asUnsignedByteArray(32, number.mod(N)));
  }

  private static byte[] u16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  private static byte[] lp(byte[] bytes) {
    return Arrays.concatenate(u16(bytes.length), bytes);
  }
}
