package org.hikae.it.container;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/**
 * A device's side of enrolment, with the JDK's cryptography only: the tests run where no other is.
 */
final class Laptop {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair key;

  Laptop() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    key = generator.generateKeyPair();
  }

  String id() {
    return Ids.hex(Ids.deviceId(spki()));
  }

  EnrolDevice enrolment(String subject, String name) throws GeneralSecurityException {
    byte[] signed = EnrolDevice.signedBytes(As.ISSUER, subject, spki(), name);
    return new EnrolDevice(name, "Linux", "1.0", Ids.base64(spki()), sign(signed));
  }

  /** The same, with all that it says of itself signed. */
  EnrolDevice described(String subject, String name) throws GeneralSecurityException {
    byte[] signed =
        EnrolDevice.described(As.ISSUER, subject, spki(), name, "Linux", "1.0").toBytes();
    return new EnrolDevice(name, "Linux", "1.0", Ids.base64(spki()), sign(signed));
  }

  OpenSession opening(String nonce) throws GeneralSecurityException, MalformedException {
    byte[] bytes = Ids.parseBase64("nonce", nonce, Hk1.HASH_BYTES);
    byte[] signed = OpenSession.signedBytes(As.ISSUER, Ids.deviceId(spki()), bytes);
    return new OpenSession(id(), nonce, "1.0", sign(signed));
  }

  /** A wrap for a 64-digit key, with a random body. */
  static PutWrap wrap(String setId, String wrapId) throws MalformedException {
    return wrap(setId, wrapId, WrapMethod.DIGIT_KEY, 1);
  }

  /** A link from the generation above to this one, with a random body. */
  static PutWrap chain(String setId, String wrapId, long generation) throws MalformedException {
    return wrap(setId, wrapId, WrapMethod.CHAIN, generation);
  }

  /** A wrap of this generation, with a random body. */
  static PutWrap wrap(String setId, String wrapId, WrapMethod method, long generation)
      throws MalformedException {
    byte[] params =
        method == WrapMethod.CHAIN
            ? ByteBuffer.allocate(4).putInt((int) generation + 1).array()
            : new byte[0];
    byte[] head =
        new WrapHeader(
                method,
                Ids.parseId("setId", setId),
                generation,
                Ids.parseId("wrapId", wrapId),
                random(Hk1.HASH_BYTES),
                params)
            .encode();
    byte[] wrap = new byte[head.length + WrapHeader.BODY_BYTES];
    RANDOM.nextBytes(wrap);
    System.arraycopy(head, 0, wrap, 0, head.length);
    return new PutWrap(setId, generation, method.name(), Ids.base64(wrap));
  }

  static String newId() {
    return Ids.hex(random(Hk1.ID_BYTES));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private byte[] spki() {
    return key.getPublic().getEncoded();
  }

  private String sign(byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(key.getPrivate());
    signer.update(message);
    return Ids.base64(signer.sign());
  }
}
