package org.hikae.crypto.opaque.server;

import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;

/**
 * The key {@code k_u = ks · r_u} of one record, {@code ks} being the vault's root key and {@code
 * r_u} a random factor in the sealed record. Destroying either destroys {@code k_u}.
 *
 * <p>The factor is multiplied in first: the root key then only ever meets elements that no client
 * chose.
 */
public final class SplitOprfKey implements OprfKey {

  private final P256Group group;
  private final OprfKey root;
  private final Scalar factor;

  /**
   * Combines the two.
   *
   * @param root multiplies by {@code ks}
   * @param factor {@code r_u}
   */
  public SplitOprfKey(P256Group group, OprfKey root, Scalar factor) {
    this.group = group;
    this.root = root;
    this.factor = factor;
  }

  @Override
  public Element evaluate(Element blindedElement) {
    return root.evaluate(group.multiply(blindedElement, factor));
  }
}
