package org.hikae.crypto.group;

import java.security.SecureRandom;

/** A Diffie-Hellman key in memory. */
public final class DhKeyPair implements DhKey {

  private final P256Group group;
  private final Scalar secret;
  private final Element publicKey;

  /** The pair of a given secret. */
  public DhKeyPair(P256Group group, Scalar secret) {
    this.group = group;
    this.secret = secret;
    this.publicKey = P256Group.multiplyBase(secret);
  }

  /** A fresh pair. */
  public static DhKeyPair generate(P256Group group, SecureRandom random) {
    return new DhKeyPair(group, Scalar.random(random));
  }

  /** The secret itself, to be sealed and stored. */
  public Scalar secret() {
    return secret;
  }

  @Override
  public Element publicKey() {
    return publicKey;
  }

  @Override
  public Element agree(Element peer) {
    return group.multiply(peer, secret);
  }
}
