package org.hikae.device.vaultclient;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.crypto.opaque.client.OpaqueClient;

/** OPAQUE with the names and constants that spec HK1-V prescribes. */
final class VaultOpaqueFactory {

  private static final byte[] NO_CONTEXT = new byte[0];

  private VaultOpaqueFactory() {}

  static OpaqueClient client(Ksf ksf, SecureRandom random) {
    return new OpaqueClient(new P256Group(random), ksf, random);
  }

  static OpaqueContext context(String tenant, byte[] setId) {
    byte[] server = ("HK1|1|" + tenant + "|vault").getBytes(StandardCharsets.US_ASCII);
    return new OpaqueContext(NO_CONTEXT, server, setId);
  }
}
