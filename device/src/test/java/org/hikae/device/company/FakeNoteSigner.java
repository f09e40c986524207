package org.hikae.device.company;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;

/** Makes signers of notes, each with a key that was made for it. */
final class FakeNoteSigner {

  private FakeNoteSigner() {}

  /** One of this name. */
  static NoteSigner of(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      byte[] point = Arrays.copyOfRange(spki, spki.length - NoteKey.PUBLIC_BYTES, spki.length);
      return new NoteSigner(
          NoteKey.of(name, NoteKeyType.ED25519, point),
          message -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
          });
    } catch (GeneralSecurityException | MalformedException e) {
      throw new IllegalStateException(e);
    }
  }
}
