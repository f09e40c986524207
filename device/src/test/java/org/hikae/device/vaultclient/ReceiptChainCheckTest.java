package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.state.ReceiptStore;
import org.hikae.device.vaultclient.FakeVaultLedger.RowFacts;
import org.hikae.device.vaultclient.ReceiptChainCheck.Fault;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What receipts prove offline, and what they mean. */
class ReceiptChainCheckTest {

  private static final Hash256 ANN = LedgerEntry.employeeOf("demo", "iss", "ann");
  private static final Hash256 BOB = LedgerEntry.employeeOf("demo", "iss", "bob");
  private static final byte[] PHONE = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

  private final SecureRandom random = new SecureRandom();
  private final SigningKey identity = SigningKey.generate(random);
  private final FakeVaultLedger ledger = new FakeVaultLedger("demo", identity, random);
  private long now = 1_800_000_000_000L;

  private LedgerEntry row(VaultEvent event, Hash256 employee) {
    return row(event, employee, new byte[16], Hash256.sha256(new byte[4]));
  }

  private LedgerEntry row(VaultEvent event, Hash256 employee, byte[] device, Hash256 credId) {
    return row(new RowFacts(event, 9, 0, Hash256.ZERO), employee, device, credId);
  }

  private LedgerEntry row(RowFacts rowFacts, Hash256 employee, byte[] device, Hash256 credId) {
    now += 1000;
    return ledger.append(
        rowFacts, new LedgerEntry.Subject(employee, new byte[16], credId, device), now);
  }

  private void login(VaultEvent event, int number, byte[] device) {
    Hash256 login = LedgerEntry.Detail.login(new byte[] {(byte) number});
    row(new RowFacts(event, 9, 0, login), ANN, device, Hash256.sha256(new byte[4]));
  }

  private List<Receipt> anns() {
    return ledger.after(ANN, 0, 100);
  }

  private TrustedCard card() throws Exception {
    return card(identity, VaultCard.History.FIRST);
  }

  private TrustedCard card(SigningKey signer, VaultCard.History former) throws Exception {
    SigningKey root = SigningKey.generate(random);
    DhKeyPair keys = DhKeyPair.generate(new P256Group(random), random);
    VaultCard card =
        new VaultCard(
            1,
            "demo",
            signer.publicKey().encode(),
            keys.publicKey().encodeUncompressed(),
            keys.publicKey().encode(),
            "software",
            former);
    SignedCard signed =
        new SignedCard(card.signedBytes(), root.publicKey().encode(), root.sign(card.transcript()));
    return TrustedCard.verify(signed.encode(), root.publicKey().fingerprint(), 0);
  }

  private List<ReceiptChainCheck.Finding> verify(List<Receipt> receipts) throws Exception {
    return ReceiptChainCheck.verify(
        new ReceiptStore.KeptReceipts(0, receipts), card(), ANN, ledger.head());
  }

  private void history() {
    row(VaultEvent.BEGUN, ANN);
    row(VaultEvent.PENDING, ANN);
    row(VaultEvent.WITNESSED, BOB);
    row(VaultEvent.ACTIVE, ANN);
    row(VaultEvent.FROZEN, ANN);
  }

  @Test
  void whole_receipts_are_sound_though_others_rows_lie_between() throws Exception {
    history();
    assertThat(verify(anns())).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-12: receipts of an identity key before are good while the card names it")
  void receipts_of_a_former_key_are_sound_while_the_card_names_it() throws Exception {
    history();
    SigningKey next = SigningKey.generate(random);
    SigningKey other = SigningKey.generate(random);
    List<byte[]> named = List.of(other.publicKey().encode(), identity.publicKey().encode());
    ReceiptStore.KeptReceipts kept = new ReceiptStore.KeptReceipts(0, anns());

    TrustedCard naming = card(next, new VaultCard.History(3, 1, named));
    assertThat(ReceiptChainCheck.verify(kept, naming, ANN, ledger.head())).isEmpty();
    TrustedCard leaked = card(next, new VaultCard.History(3, 1, named.subList(0, 1)));
    assertThat(ReceiptChainCheck.verify(kept, leaked, ANN, ledger.head()))
        .extracting(ReceiptChainCheck.Finding::fault)
        .containsOnly(Fault.SIGNATURE);
  }

  @Test
  void each_missing_receipt_is_found_but_not_the_newest() throws Exception {
    history();
    for (int i = 0; i < 3; i++) {
      List<Receipt> less = new ArrayList<>(anns());
      long next = less.get(i + 1).entry().seq();
      less.remove(i);
      assertThat(verify(less)).contains(new ReceiptChainCheck.Finding(Fault.GAP, next));
    }
  }

  @Test
  void every_flipped_byte_is_found() throws Exception {
    history();
    Receipt victim = anns().get(1);
    byte[] bytes = victim.encode();
    TrustedCard card = card();
    for (int at = 0; at < bytes.length; at++) {
      byte[] other = bytes.clone();
      other[at] ^= 1;
      Receipt changed;
      try {
        changed = Receipt.parse(other);
      } catch (org.hikae.hk1.MalformedException e) {
        continue;
      }
      List<Receipt> all = new ArrayList<>(anns());
      all.set(1, changed);
      assertThat(ReceiptChainCheck.verify(new ReceiptStore.KeptReceipts(0, all), card, ANN, null))
          .as("byte %d", at)
          .isNotEmpty();
    }
  }

  @Test
  void somebody_elses_receipt_and_another_vaults_are_found() throws Exception {
    history();
    List<Receipt> withBobs = new ArrayList<>(anns());
    withBobs.addAll(2, ledger.after(BOB, 0, 1));
    assertThat(verify(withBobs))
        .extracting(ReceiptChainCheck.Finding::fault)
        .contains(Fault.FOREIGN);
  }

  @Test
  void what_the_head_contradicts_is_found() throws Exception {
    history();
    List<Receipt> all = anns();
    long last = all.getLast().entry().seq();
    LedgerHead behind =
        new LedgerHead(last - 1, Hash256.ZERO, new byte[Hk1Constants.SIGNATURE_BYTES]);
    LedgerHead other = new LedgerHead(last, Hash256.ZERO, new byte[Hk1Constants.SIGNATURE_BYTES]);
    for (LedgerHead head : List.of(behind, other)) {
      assertThat(ReceiptChainCheck.verify(new ReceiptStore.KeptReceipts(0, all), card(), ANN, head))
          .contains(new ReceiptChainCheck.Finding(Fault.HEAD, last));
    }
  }

  @Test
  void rows_that_a_restored_vault_lost_are_no_fault() throws Exception {
    history();
    List<Receipt> before = anns();
    ledger.setBack(1);
    ledger.append(
        new RowFacts(VaultEvent.RESTORED, 1, 0, Hash256.ZERO),
        new LedgerEntry.Subject(ANN, new byte[16], Hash256.ZERO, new byte[16]),
        now,
        9);
    List<Receipt> all = new ArrayList<>(before);
    all.add(anns().getLast());
    assertThat(verify(all)).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-35: a reopening may set the time back, nothing else may")
  void a_time_that_a_reopening_set_back_is_no_fault() throws Exception {
    history();
    now -= 1_000_000;
    row(VaultEvent.RESTORED, ANN);
    row(VaultEvent.FROZEN, ANN);
    assertThat(verify(anns())).isEmpty();
    now -= 1_000_000;
    long last = row(VaultEvent.UNFROZEN, ANN).seq();
    assertThat(verify(anns())).containsExactly(new ReceiptChainCheck.Finding(Fault.TIME, last));
  }

  @Test
  void a_charge_without_its_login_was_a_wrong_password() {
    byte[] own = new byte[16];
    row(VaultEvent.PENDING, ANN);
    row(VaultEvent.ACTIVE, ANN);
    login(VaultEvent.CHARGED, 1, PHONE);
    login(VaultEvent.CHARGED, 2, own);
    login(VaultEvent.CHARGED, 3, PHONE);
    login(VaultEvent.OPENED, 2, own);
    login(VaultEvent.CHARGED, 4, PHONE);
    login(VaultEvent.OPENED, 4, PHONE);
    login(VaultEvent.CHARGED, 5, PHONE);
    login(VaultEvent.VOIDED, 5, PHONE);
    row(VaultEvent.RETIRED, ANN);
    row(VaultEvent.RETIRED, ANN, PHONE, Hash256.sha256(new byte[5]));
    List<ReceiptHistory.InterpretedReceipt> interpretedReceipt = ReceiptHistory.of(anns());
    assertThat(interpretedReceipt)
        .extracting(ReceiptHistory.InterpretedReceipt::meaning)
        .containsExactly(
            Meaning.REGISTERED,
            Meaning.ACTIVE,
            Meaning.WRONG_PASSWORD,
            Meaning.TRIED,
            Meaning.WRONG_PASSWORD,
            Meaning.OPENED,
            Meaning.TRIED,
            Meaning.OPENED,
            Meaning.TRIED,
            Meaning.VOIDED,
            Meaning.RETIRED,
            Meaning.DROPPED);
    String ownId = org.hikae.hk1.TextCodec.hex(own);
    assertThat(
            interpretedReceipt.stream()
                .filter(h -> h.isNewsTo(ownId))
                .map(ReceiptHistory.InterpretedReceipt::meaning))
        .containsExactly(Meaning.WRONG_PASSWORD, Meaning.WRONG_PASSWORD, Meaning.OPENED);
  }
}
