package org.hikae.enrollment.update.wire;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/** The files of updates, which whoever has the keys may sign at will. */
final class InMemoryUpdateSource implements UpdateSource {

  final Map<String, byte[]> files = new HashMap<>();

  /** Somebody with a key. */
  static NoteSigner signer(String name) {
    try {
      return named(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same key under this name. */
  static NoteSigner named(String name, KeyPair pair) {
    byte[] spki = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(spki, spki.length - NoteKey.PUBLIC_BYTES, spki.length);
    try {
      return new NoteSigner(
          NoteKey.of(name, NoteKeyType.ED25519, point),
          message -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
          });
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  static UpdateKeyset keys(int threshold, NoteSigner... signers) {
    return new UpdateKeyset(threshold, Stream.of(signers).map(NoteSigner::key).toList());
  }

  /** A text with the signatures of these, in their order. */
  static byte[] signed(String text, NoteSigner... signers) {
    SignedNote note = new SignedNote(text, List.of());
    try {
      for (NoteSigner signer : signers) {
        note = note.with(signer.sign(text));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return note.encode();
  }

  /** Hands it out from now on, by its own name. */
  void put(UpdateMetadata metadata, NoteSigner... signers) {
    files.put(metadata.kind().file(metadata.version()), signed(metadata.text(), signers));
  }

  @Override
  public byte @Nullable [] get(String file) {
    return files.get(file);
  }
}
