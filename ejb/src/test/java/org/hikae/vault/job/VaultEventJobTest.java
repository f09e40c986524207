package org.hikae.vault.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hk1Constants;
import org.hikae.metrics.service.Meters;
import org.hikae.vault.service.VaultCardLog;
import org.hikae.vault.service.VaultConnection;
import org.hikae.vault.service.VaultStatusCache;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultFrame;
import org.junit.jupiter.api.Test;

/** The card in use gets into the portal's log without a device that asks for it (HK1-X-08). */
class VaultEventJobTest {

  private static final SignedCard CARD =
      new SignedCard(
          new VaultCard(1, "demo", new byte[91], new byte[65], new byte[33], "software")
              .signedBytes(),
          new byte[91],
          new byte[Hk1Constants.SIGNATURE_BYTES]);

  private final VaultStatusCache statusCache = new VaultStatusCache();
  private final List<byte[]> logged = new ArrayList<>();

  /** A vault in which nothing has happened. */
  private static final class FakeVaultConnection extends VaultConnection {
    @Override
    public boolean isConfigured() {
      return true;
    }

    @Override
    public VaultFrame exchange(VaultFrame request) {
      byte[] body =
          request.kind() == VaultFrame.Kind.CARD
              ? CARD.encode()
              : new VaultEventPage(7, 7, List.of()).encode();
      return new VaultFrame(request.kind(), body);
    }
  }

  private long copy(VaultCardLog cardLog) throws Exception {
    return new VaultEventJob(
            new FakeVaultConnection(), cardLog, statusCache, new VaultEventSteps(), new Meters())
        .copy(7L);
  }

  @Test
  void the_card_is_entered_with_each_question() throws Exception {
    VaultCardLog cardLog =
        new VaultCardLog() {
          @Override
          public void append(SignedCard card) {
            logged.add(card.encode());
          }
        };
    assertThat(copy(cardLog)).isEqualTo(7);
    assertThat(logged).containsExactly(CARD.encode());
    assertThat(statusCache.isAnswering()).isTrue();
  }

  @Test
  void what_happened_is_read_also_when_the_log_takes_no_card() throws Exception {
    VaultCardLog broken =
        new VaultCardLog() {
          @Override
          public void append(SignedCard card) {
            throw new IllegalStateException("no key");
          }
        };
    assertThat(copy(broken)).isEqualTo(7);
    assertThat(statusCache.root()).isEqualTo("software");
    assertThat(statusCache.becomesLogged(false)).as("it was told").isFalse();
  }
}
