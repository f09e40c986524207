package org.hikae.vault.core;

import java.time.Instant;
import org.hikae.hk1.MalformedException;

/** A second vault object on the same store and card, with another root object in front. */
final class OtherVault {

  private final VaultWorld world;
  private final Vault vault;

  OtherVault(VaultWorld world, RootKey root) {
    this.world = world;
    try {
      this.vault =
          new Vault(
              world.card,
              new Vault.Ports(
                  root,
                  world.store,
                  token ->
                      new TokenVerifier.Bearer(
                          VaultWorld.ISSUER,
                          token.substring(0, token.indexOf('|')),
                          Instant.ofEpochSecond(
                              Long.parseLong(token.substring(token.indexOf('|') + 1)))),
                  world.clock,
                  world.random));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** The same device and set, talking to this vault. */
  TestDevice device(TestDevice same) {
    TestDevice device =
        new TestDevice(
            vault::answer, world.card, world.clock, () -> world.tokenFor("alice"), world.random);
    device.deviceKey = same.deviceKey;
    device.ownerKey = same.ownerKey;
    device.setId = same.setId;
    return device;
  }
}
