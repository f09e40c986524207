package org.hikae.vault.root;

import java.security.SecureRandom;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.root.contract.DerivedKeysRoot;
import org.hikae.vault.wire.VaultCard.History;

/** A root with the identity and the channel key that a card names by number. */
public final class RenewedRoot implements RootKey {

  private final RootKey root;
  private final Signer identity;
  private final DhKey channel;

  private RenewedRoot(RootKey root, Signer identity, DhKey channel) {
    this.root = root;
    this.identity = identity;
    this.channel = channel;
  }

  /** The keys of {@code root} that {@code history} numbers. */
  public static RootKey of(RootKey root, History history, SecureRandom random) {
    return new RenewedRoot(
        root,
        DerivedKeysRoot.identity(root::hmac, history.identityNumber(), random),
        DerivedKeysRoot.channel(root::hmac, history.channelNumber(), random));
  }

  @Override
  public OprfKey oprf() {
    return root.oprf();
  }

  @Override
  public byte[] hmac(Transcript input) {
    return root.hmac(input);
  }

  @Override
  public DhKey ake() {
    return root.ake();
  }

  @Override
  public DhKey channel() {
    return channel;
  }

  @Override
  public Signer identity() {
    return identity;
  }

  @Override
  public String name() {
    return root.name();
  }

  @Override
  public boolean ready() {
    return root.ready();
  }

  @Override
  public void close() {
    root.close();
  }
}
