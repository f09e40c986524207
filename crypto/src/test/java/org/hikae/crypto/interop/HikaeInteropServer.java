package org.hikae.crypto.interop;

import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.opaque.server.SplitOprfKey;

/** The server's half that the vault runs, with the OPRF key split as there. */
final class HikaeInteropServer implements InteropServer {

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final DhKeyPair akeKey = DhKeyPair.generate(group, random);
  private final OpaqueServer server = new OpaqueServer(group, akeKey, random);
  private final Scalar root = Scalar.random(random);
  private final OprfKey oprfKey =
      new SplitOprfKey(group, element -> group.multiply(element, root), Scalar.random(random));
  private final InteropNames names;

  HikaeInteropServer(InteropNames names) {
    this.names = names;
  }

  @Override
  public byte[] publicKey() {
    return akeKey.publicKey().encode();
  }

  @Override
  public byte[] register(byte[] request) throws CryptoException {
    return server.register(RegistrationRequest.decode(request), oprfKey).encode();
  }

  @Override
  public Pending answer(byte[] upload, byte[] ke1) throws CryptoException {
    return answer(RegistrationRecord.decode(upload), ke1);
  }

  @Override
  public Pending answerUnknown(byte[] ke1) throws CryptoException {
    byte[] maskingKey = new byte[32];
    random.nextBytes(maskingKey);
    DhKeyPair nobody = DhKeyPair.generate(group, random);
    return answer(RegistrationRecord.fake(nobody.publicKey(), maskingKey), ke1);
  }

  private Pending answer(RegistrationRecord record, byte[] ke1) throws CryptoException {
    OpaqueServer.Answer answer = server.answer(Ke1.decode(ke1), record, oprfKey, names.context());
    return new Pending() {
      @Override
      public byte[] ke2() {
        return answer.ke2().encode();
      }

      @Override
      public byte[] finish(byte[] ke3) throws CryptoException {
        return answer.pending().finish(Ke3.decode(ke3)).expose();
      }
    };
  }
}
