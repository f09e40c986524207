package org.hikae.device.vaultclient;

import java.util.Locale;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ReceiptStore;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.SignInProfile;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/** Fetches the vault's card, verifies it against pin and memory, and opens the channel. */
public final class VaultConnector implements VaultChannel.CardSource {

  private final VaultClientContext context;
  private final WitnessedHeads witnessed = new WitnessedHeads();
  private VaultCardCheck cardCheck = card -> {};
  private @Nullable Hash256 checkedEntry;

  /** Opens channels for one device. */
  public VaultConnector(VaultClientContext context) {
    this.context = context;
  }

  /** Whether a vault root is pinned; without one no password is offered (spec HK1-V-01). */
  public boolean pinned() throws AgentException {
    return context.stateFile().require().profile().vaultRoot() != null;
  }

  /**
   * A channel to the vault of the pinned root, sealed to the card that is remembered: a vault that
   * has another one says so, and then it is fetched (spec HK1-V-04). A card is remembered before it
   * is used, and with it its sequence.
   */
  public VaultChannel open() throws AgentException {
    TrustedCard known = newestOfPin();
    TrustedCard card = known == null ? fetch() : known;
    return new VaultChannel(
        context, card, known == null, this, employee(card), receipts(card), witnessed);
  }

  /** What the vault has said by way of this connector about the newest snapshots of sets. */
  public WitnessedHeads witnessed() {
    return witnessed;
  }

  /** The remembered card, if it is of the pinned root and none after it was seen. */
  public @Nullable TrustedCard newestOfPin() throws AgentException {
    AgentState state = context.stateFile().require();
    String pin = state.profile().vaultRoot();
    RememberedVault memory = state.vault();
    if (pin == null || memory == null || !memory.root().equals(parse(pin).hex())) {
      return null;
    }
    TrustedCard card = remembered();
    return card == null || card.sequence() < state.cardSequence() ? null : card;
  }

  /** Fetches the newest card from the portal, verifies it against pin and memory, and keeps it. */
  @Override
  public TrustedCard fetch() throws AgentException {
    AgentState state = context.stateFile().require();
    String pin = state.profile().vaultRoot();
    if (pin == null) {
      throw new AgentException(RunResult.REFUSED, "vault.no-pin");
    }
    String root = parse(pin).hex();
    byte[] bytes = context.portal().vaultCard();
    TrustedCard card = TrustedCard.verify(bytes, parse(pin), state.cardSequence());
    RememberedVault memory = state.vault();
    String encoded = TextCodec.base64(bytes);
    boolean sameRoot = memory != null && memory.root().equals(root);
    TrustedCard before = sameRoot ? remembered() : null;
    if (before != null) {
      card.requireFollows(before);
    }
    boolean known = memory != null && sameRoot && memory.card().equals(encoded);
    if (!known || card.sequence() > state.cardSequence()) {
      context
          .stateFile()
          .update(
              newest ->
                  newest.withCardSequence(card.sequence()).withVault(with(newest, root, encoded)));
    }
    return card;
  }

  /** From now on this is asked about each card, once, before a password is sealed to it. */
  public void checksBeforePasswords(VaultCardCheck other) {
    cardCheck = other;
  }

  @Override
  public void beforePassword(TrustedCard card) throws AgentException {
    Hash256 entry = LogEntry.ofCard(card.signed()).leaf();
    if (checkedEntry == null || !entry.equals(checkedEntry)) {
      cardCheck.check(card.signed());
      checkedEntry = entry;
    }
  }

  private static RememberedVault with(AgentState newest, String root, String card) {
    RememberedVault memory = newest.vault();
    return memory != null && memory.root().equals(root)
        ? new RememberedVault(root, card, memory.head(), memory.toldUpTo())
        : new RememberedVault(root, card, null, 0);
  }

  /**
   * The card that was verified last, verified again, without any network; nothing when the vault
   * was never spoken to.
   */
  public @Nullable TrustedCard remembered() throws AgentException {
    AgentState state = context.stateFile().require();
    RememberedVault memory = state.vault();
    if (memory == null) {
      return null;
    }
    try {
      byte[] card = TextCodec.parseBase64("card", memory.card(), SignedCard.MAX_BYTES);
      return TrustedCard.verify(card, Hash256.parse(memory.root()), 0);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  /** The highest head of the ledger that was seen, if any. */
  public @Nullable LedgerHead rememberedHead() throws AgentException {
    return new LedgerHeadGuard(context.stateFile()).remembered();
  }

  /** Who the employee is in the ledger of {@code card}'s vault. */
  public Hash256 employee(TrustedCard card) throws AgentException {
    SignInProfile profile = context.stateFile().require().profile();
    return LedgerEntry.employeeOf(card.tenant(), profile.issuer(), profile.subject());
  }

  /** The receipts of the employee by {@code card}'s vault. */
  public ReceiptStore receipts(TrustedCard card) throws AgentException {
    return new ReceiptStore(
        context.home().receiptFolder(), employee(card), card.signed().rootFingerprint().hex());
  }

  /** Reads a fingerprint as people write it: hexadecimal, with colons or blanks. */
  public static Hash256 parse(String fingerprint) throws AgentException {
    String plain = fingerprint.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    try {
      return Hash256.parse(plain);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, "vault.pin-malformed");
    }
  }
}
