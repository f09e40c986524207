package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.AgentException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.junit.jupiter.api.Test;

/** HK1-V-50: a device belongs to one vault, whatever else its root has signed. */
class TrustedCardTest {

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final SigningKey root = SigningKey.generate(random);
  private final SigningKey identity = SigningKey.generate(random);
  private final DhKeyPair channel = DhKeyPair.generate(group, random);
  private final DhKeyPair ake = DhKeyPair.generate(group, random);

  private TrustedCard card(long sequence, String tenant, DhKeyPair akeKey, DhKeyPair channelKey)
      throws Exception {
    VaultCard card =
        new VaultCard(
            sequence,
            tenant,
            identity.publicKey().encode(),
            channelKey.publicKey().encodeUncompressed(),
            akeKey.publicKey().encode(),
            "software");
    byte[] signed =
        new SignedCard(card.signedBytes(), root.publicKey().encode(), root.sign(card.transcript()))
            .encode();
    return TrustedCard.verify(signed, root.publicKey().fingerprint(), 0);
  }

  private static void assertRefused(TrustedCard shown, TrustedCard known, String why) {
    assertThatThrownBy(() -> shown.requireFollows(known))
        .isInstanceOf(AgentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_later_card_may_have_another_channel_and_the_same_card_another_signature()
      throws Exception {
    TrustedCard known = card(3, "acme", ake, channel);
    card(3, "acme", ake, channel).requireFollows(known);
    card(4, "acme", ake, DhKeyPair.generate(group, random)).requireFollows(known);
  }

  @Test
  void a_card_of_another_vault_or_another_card_of_the_same_number_is_refused() throws Exception {
    TrustedCard known = card(3, "acme", ake, channel);
    DhKeyPair another = DhKeyPair.generate(group, random);
    assertRefused(card(4, "acme", another, channel), known, "vault.other-vault");
    assertRefused(card(3, "acme", another, channel), known, "vault.other-vault");
    assertRefused(card(4, "other", ake, channel), known, "vault.other-vault");
    assertRefused(card(3, "acme", ake, another), known, "vault.other-card");
  }

  /**
   * As docs/vault.md says: the vault's files are from before a renewal, and it is renewed again.
   */
  @Test
  void one_more_renewal_ends_two_cards_under_one_number() throws Exception {
    TrustedCard seen = card(5, "acme", ake, DhKeyPair.generate(group, random));
    assertRefused(card(5, "acme", ake, channel), seen, "vault.other-card");
    card(6, "acme", ake, DhKeyPair.generate(group, random)).requireFollows(seen);
  }
}
