package org.hikae.vault.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.server.BlendedOprfKey;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.OprfKey;

/** OPAQUE with this vault's keys and names (spec, section "Registration"). */
final class VaultKeys {

  private static final byte[] NO_CONTEXT = new byte[0];

  private final RootKey root;
  private final P256Group group;
  private final OpaqueServer opaque;
  private final byte[] serverIdentity;

  VaultKeys(RootKey root, String tenant, SecureRandom random) {
    this.root = root;
    this.group = new P256Group(random);
    this.opaque = new OpaqueServer(group, root.ake(), random);
    this.serverIdentity = ("HK1|1|" + tenant + "|vault").getBytes(StandardCharsets.US_ASCII);
  }

  OpaqueServer opaque() {
    return opaque;
  }

  /** {@code k_u = ks · r_u}. */
  OprfKey oprfKey(Scalar factor) {
    return new BlendedOprfKey(group, root.oprf(), factor);
  }

  OpaqueContext context(byte[] setId) {
    return new OpaqueContext(NO_CONTEXT, serverIdentity, setId);
  }
}
