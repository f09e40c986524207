package org.hikae.admin.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.admin.audit.AuditExportFixture;
import org.hikae.admin.cli.PublishedLog;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about the vault's card, the transparency log and an export of the trail. */
class VaultClaimTest {

  private static final SignedCard CARD = AuditExportFixture.card();
  private static final String PIN = CARD.rootFingerprint().hex();

  private static VaultCardReader cards(SignedCard card) {
    return new VaultCardReader(kind -> card.encode());
  }

  @Test
  void a_card_of_the_pinned_root_holds_and_any_other_fails() throws Exception {
    ClaimResult good = new VaultRootCheck(cards(CARD), PIN).execute();
    assertThat(good.state()).isEqualTo(ClaimState.HOLDS);
    assertThat(good.facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.CARD_SIGNED, 1, "demo", PIN));
    ClaimResult other = new VaultRootCheck(cards(CARD), "ab".repeat(32)).execute();
    assertThat(other.state()).isEqualTo(ClaimState.FAILS);
    byte[] wrong = CARD.signature();
    wrong[40] ^= 1;
    SignedCard forged = new SignedCard(CARD.card(), CARD.rootKey(), wrong);
    ClaimResult unsigned = new VaultRootCheck(cards(forged), PIN).execute();
    assertThat(unsigned.facts()).containsExactly(ClaimFact.of(ClaimFactKind.CARD_UNSIGNED));
    assertThat(unsigned.state()).isEqualTo(ClaimState.FAILS);
  }

  @Test
  void without_vault_or_pin_nothing_is_claimed() throws Exception {
    VaultCardReader none = new VaultCardReader(null);
    assertThat(new VaultRootCheck(none, PIN).execute().facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.NO_VAULT));
    assertThat(new VaultTokenCheck(none).execute().state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(new VaultRootCheck(cards(CARD), null).execute().facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.NO_PIN));
    VaultCardReader odd = new VaultCardReader(kind -> new byte[7]);
    assertThatThrownBy(() -> new VaultTokenCheck(odd).execute()).isInstanceOf(IOException.class);
  }

  @Test
  void a_root_in_software_fails_and_one_in_a_token_holds() throws Exception {
    assertThat(new VaultTokenCheck(cards(CARD)).execute().state()).isEqualTo(ClaimState.FAILS);
    SignedCard token = AuditExportFixture.card("pkcs11");
    assertThat(new VaultTokenCheck(cards(token)).execute().state()).isEqualTo(ClaimState.HOLDS);
  }

  @Test
  void the_vault_is_asked_once_for_all_claims() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    VaultCardReader counting =
        new VaultCardReader(
            kind -> {
              asked.incrementAndGet();
              return CARD.encode();
            });
    new VaultRootCheck(counting, PIN).execute();
    new VaultTokenCheck(counting).execute();
    assertThat(asked).hasValue(1);
  }

  private static PortalLogReader logs(PublishedLog log, byte @Nullable [] kept) {
    return new PortalLogReader(log::file, log.key(), kept);
  }

  @Test
  void a_log_that_fits_holds_and_continues_what_was_kept() throws Exception {
    PublishedLog log = new PublishedLog();
    byte[] kept = log.publish(3);
    assertThat(new LogContinuityCheck(logs(log, null)).execute().state())
        .isEqualTo(ClaimState.NOT_RUN);
    log.publish(5);
    PortalLogReader logs = logs(log, kept);
    assertThat(new LogSignatureCheck(logs).execute().facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.LOG_READ, 5, log.key().text()));
    ClaimResult continued = new LogContinuityCheck(logs).execute();
    assertThat(continued.state()).isEqualTo(ClaimState.HOLDS);
    assertThat(continued.facts()).containsExactly(ClaimFact.of(ClaimFactKind.LOG_CONTINUED, 3, 5));
  }

  @Test
  void a_log_that_was_changed_fails() throws Exception {
    PublishedLog log = new PublishedLog();
    byte[] kept = log.publish(3);
    log.publish(5, 1);
    ClaimResult forked = new LogContinuityCheck(logs(log, kept)).execute();
    assertThat(forked.state()).isEqualTo(ClaimState.FAILS);
    assertThat(forked.facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.LOG_FAULT, TransparencyLogFault.FORKED));
    PublishedLog other = new PublishedLog();
    other.publish(5);
    assertThat(
            new LogSignatureCheck(new PortalLogReader(log::file, other.key(), null))
                .execute()
                .state())
        .as("signed by another key than the pinned one")
        .isEqualTo(ClaimState.FAILS);
    log.files().clear();
    assertThatThrownBy(() -> new LogSignatureCheck(logs(log, null)).execute())
        .isInstanceOf(IOException.class);
  }

  @Test
  void the_card_has_to_stand_in_the_log() throws Exception {
    PublishedLog log = new PublishedLog();
    List<byte[]> entries = new ArrayList<>(List.of("another".getBytes(StandardCharsets.UTF_8)));
    log.publish(entries);
    assertThat(new LoggedCardCheck(cards(CARD), logs(log, null)).execute().state())
        .isEqualTo(ClaimState.FAILS);
    entries.add(LogEntry.ofCard(CARD).encode());
    log.publish(entries);
    assertThat(new LoggedCardCheck(cards(CARD), logs(log, null)).execute().state())
        .isEqualTo(ClaimState.HOLDS);
    byte[] kept = log.publish(3);
    log.publish(entries);
    assertThat(new LoggedCardCheck(cards(CARD), logs(log, kept)).execute().state())
        .as("a log that does not fit says nothing")
        .isEqualTo(ClaimState.NOT_RUN);
  }

  @Test
  void an_export_is_whole_and_signed_or_fails(@TempDir Path folder) throws Exception {
    List<String> events = AuditExportFixture.events(2, List.of(1, 2));
    String last = events.getLast().replaceAll(".*\"hash\":\"([0-9a-f]{64})\".*", "$1");
    List<String> lines = AuditExportFixture.signed(events, false, 2, last);
    Path export = Files.write(folder.resolve("export"), lines);
    assertThat(new AuditExportCheck(null, PIN).execute().state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(new AuditExportCheck(export, null).execute().state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(new AuditExportCheck(export, PIN).execute().state()).isEqualTo(ClaimState.HOLDS);
    assertThat(new AuditExportCheck(export, "ab".repeat(32)).execute().state())
        .isEqualTo(ClaimState.FAILS);
    Files.write(export, lines.subList(0, lines.size() - 1));
    assertThat(new AuditExportCheck(export, PIN).execute().state()).isEqualTo(ClaimState.FAILS);
  }
}
