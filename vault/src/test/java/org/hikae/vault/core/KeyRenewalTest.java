package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.root.RenewedRoot;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultCard.History;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A vault whose identity and channel keys were made anew, and what devices remember of before. */
@DisplayName("HK1-V-01, V-20: renewed keys")
class KeyRenewalTest extends RegisteredVaultTestBase {

  /** The same device after it took the next card. */
  private TestDevice renew(List<byte[]> former) {
    History history = new History(2, 2, former);
    RootKey renewed = RenewedRoot.of(fixture.root, history, fixture.random);
    SignedCard next =
        VaultFixture.sign(
            new VaultCard(
                2,
                VaultFixture.TENANT,
                renewed.identity().publicKey().encode(),
                renewed.channel().publicKey().encodeUncompressed(),
                renewed.ake().publicKey().encode(),
                renewed.name(),
                history),
            fixture.vaultRoot);
    fixture.restart(renewed, next);
    TestDevice same =
        new TestDevice(
            bytes -> fixture.vault.answer(bytes),
            next,
            fixture.clock,
            () -> fixture.tokenFor("alice"),
            fixture.random);
    same.speakingFor(device);
    same.lastHead = device.lastHead;
    return same;
  }

  private byte[] identity() {
    return fixture.root.identity().publicKey().encode();
  }

  @Test
  void records_receipts_and_heads_go_on_under_the_next_card() {
    TestDevice same = renew(List.of(identity()));

    assertThat(same.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(same.status().receipts())
        .as("receipts of before are signed anew")
        .hasSizeGreaterThan(3)
        .allSatisfy(receipt -> assertThat(same.isGenuine(receipt)).isTrue())
        .noneSatisfy(receipt -> assertThat(device.isGenuine(receipt)).isTrue())
        .extracting(Receipt::mac)
        .contains(registered.exposed().mac());
    VaultReply old = device.send(VaultMessageType.STATUS, new byte[0]);
    assertThat(((VaultReply.Refused) old).refusal()).isEqualTo(VaultRefusal.UNKNOWN_CARD);
  }

  @Test
  void a_head_that_a_former_key_signed_still_shows_a_regress() {
    TestDevice same = regress(List.of(identity()));

    VaultReply reply = same.witness(9, Hash256.ZERO);

    assertThat(((VaultReply.Refused) reply).refusal()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  void a_head_that_a_leaked_key_signed_says_nothing() {
    TestDevice same = regress(List.of());

    assertThat(same.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  /** Store and anchor are set back by a row that the device has seen. */
  private TestDevice regress(List<byte[]> former) {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    device.start(registered.credId(), "another password!");
    fixture.store.restore(earlier);
    fixture.anchor.set(anchored);
    return renew(former);
  }
}
