package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultEventPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the portal is told of what happened. */
@DisplayName("HK1-V-24: events for the portal")
class EventFeedTest extends VaultTestBase {

  private List<Receipt> everything() {
    List<Receipt> all = new ArrayList<>();
    VaultEventPage page = fixture.vault.eventsAfter(0);
    while (page.upTo() < page.newest()) {
      all.addAll(page.receipts());
      page = fixture.vault.eventsAfter(page.upTo());
    }
    all.addAll(page.receipts());
    return all;
  }

  @Test
  void everything_but_witnessed_snapshots_is_told_once_page_by_page() {
    TestDevice.Registered registered = device.register(PASSWORD);
    device.witness(1, Hash256.sha256(new byte[1]));
    for (int i = 0; i < 2 * VaultEventPage.MAX_RECEIPTS; i++) {
      fixture.device("employee" + i).status();
      fixture.device("employee" + i).register(PASSWORD);
    }
    device.login(registered.credId(), PASSWORD);
    device.witness(2, Hash256.sha256(new byte[2]));

    List<Receipt> told = everything();

    assertThat(told).allSatisfy(receipt -> assertThat(device.isGenuine(receipt)).isTrue());
    assertThat(told)
        .extracting(receipt -> receipt.entry().seq())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(told)
        .extracting(receipt -> receipt.entry().event())
        .doesNotContain(VaultEvent.WITNESSED)
        .endsWith(VaultEvent.CHARGED, VaultEvent.OPENED);
    assertThat(told)
        .as("all but the two witnessed, whoever's they are")
        .hasSize((int) fixture.vault.eventsAfter(0).newest() - 2);
    Hash256 employee = VaultFixture.employee("alice");
    assertThat(told.stream().map(Receipt::entry).filter(of(employee)).map(LedgerEntry::event))
        .containsExactlyElementsOf(
            device.events().stream().filter(event -> event != VaultEvent.WITNESSED).toList());
  }

  private static java.util.function.Predicate<LedgerEntry> of(Hash256 employee) {
    return entry -> entry.subject().employee().equals(employee);
  }

  @Test
  void nothing_new_is_an_empty_page() {
    device.register(PASSWORD);
    long newest = fixture.vault.eventsAfter(0).newest();

    assertThat(fixture.vault.eventsAfter(newest))
        .isEqualTo(new VaultEventPage(newest, newest, List.of()));
    assertThat(fixture.vault.eventsAfter(newest + 5).newest())
        .as("a portal that has seen more notices")
        .isEqualTo(newest);
  }

  @Test
  void a_vault_that_cannot_serve_says_nothing() {
    device.register(PASSWORD);
    fixture.store.close();

    assertThat(fixture.vault.eventsAfter(3)).isEqualTo(VaultEventPage.notNow(3));
  }
}
