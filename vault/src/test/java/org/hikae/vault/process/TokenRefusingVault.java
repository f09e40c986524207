package org.hikae.vault.process;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.FakeAnchor;
import org.hikae.vault.testing.FakeEpochKeys;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/** A vault in memory that refuses every token: for what happens before anybody is asked. */
final class TokenRefusingVault {

  final InMemoryVaultStore store = new InMemoryVaultStore();
  final FakeAnchor anchor = new FakeAnchor();
  final VaultCore vault;
  final OperatorHandler operator;

  TokenRefusingVault() throws MalformedException {
    SecureRandom random = new SecureRandom();
    RootKey root = SoftwareRoot.generate(random);
    SigningKey vaultRoot = SigningKey.generate(random);
    VaultCard card =
        new VaultCard(
            1,
            "demo",
            root.identity().publicKey().encode(),
            root.channel().publicKey().encodeUncompressed(),
            root.ake().publicKey().encode(),
            root.name());
    SignedCard signed =
        new SignedCard(
            card.signedBytes(), vaultRoot.publicKey().encode(), vaultRoot.sign(card.transcript()));
    vault =
        new VaultCore(
            signed,
            new VaultDependencies(
                root,
                anchor,
                null,
                new FakeEpochKeys(random),
                store,
                (token, deviceKey) -> {
                  throw new TokenRefusedException("No token is good here.");
                },
                Clock.systemUTC(),
                () -> Duration.ofNanos(System.nanoTime()),
                random),
            new VaultCore.VaultSettings(Duration.ofDays(35), VaultLimits.WAITS));
    operator = new OperatorHandler(vault, vault.dualControl(custodians(random)));
  }

  private static Custodians custodians(SecureRandom random) {
    return new Custodians(
        "demo",
        SigningKey.generate(random).publicKey().encode(),
        SigningKey.generate(random).publicKey().encode(),
        new byte[Hk1Constants.SIGNATURE_BYTES]);
  }
}
