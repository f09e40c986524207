package org.hikae.crypto.cpace;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * One party in one run. It takes one message of the other party, whatever that is: a second one
 * would be a second guess. Not for use by several threads.
 */
public final class CpaceParty {

  private final P256Group group;
  private final boolean initiator;
  private final byte[] sessionId;
  private final CpaceMessage message;
  private @Nullable Scalar secret;

  private CpaceParty(
      P256Group group, boolean initiator, CpaceInput input, byte[] associatedData, Scalar secret) {
    this.group = group;
    this.initiator = initiator;
    this.sessionId = input.sessionId();
    this.secret = secret;
    Element generator = CpaceSuite.generator(input.code(), input.channel(), sessionId);
    this.message = new CpaceMessage(group.multiply(generator, secret), associatedData);
  }

  /** The party that sends first. */
  public static CpaceParty initiator(CpaceInput input, byte[] associatedData, SecureRandom random) {
    return of(true, input, associatedData, random, Scalar.random(random));
  }

  /** The party that answers. */
  public static CpaceParty responder(CpaceInput input, byte[] associatedData, SecureRandom random) {
    return of(false, input, associatedData, random, Scalar.random(random));
  }

  /** With a secret of the caller's, for vectors. */
  static CpaceParty of(
      boolean initiator,
      CpaceInput input,
      byte[] associatedData,
      SecureRandom random,
      Scalar secret) {
    return new CpaceParty(new P256Group(random), initiator, input, associatedData, secret);
  }

  /** What the other party needs. */
  public CpaceMessage message() {
    return message;
  }

  /**
   * What comes out of the run: the same for both when all that they brought in and saw is the same,
   * which only the confirmation tells.
   *
   * @param peer message of the other party
   * @throws CryptoException when it is this party's own share
   * @throws IllegalStateException when a message was taken before
   */
  public CpaceSession finish(CpaceMessage peer) throws CryptoException {
    Scalar own = secret;
    if (own == null) {
      throw new IllegalStateException("One run takes one message.");
    }
    secret = null;
    if (peer.share().equals(message.share())) {
      throw new CryptoException("The own message came back.");
    }
    byte[] shared = group.multiply(peer.share(), own).x();
    try {
      CpaceMessage first = initiator ? message : peer;
      CpaceMessage second = initiator ? peer : message;
      SecretBytes key = CpaceSuite.sessionKey(sessionId, shared, first, second);
      return new CpaceSession(key, sessionId, message, peer);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }
}
