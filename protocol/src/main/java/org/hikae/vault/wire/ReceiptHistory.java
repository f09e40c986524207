package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * What receipts mean to the person. A charge whose login was not completed was a wrong password; an
 * ended record that never was the active one is only an unfinished registration.
 */
public final class ReceiptHistory {

  private ReceiptHistory() {}

  /** What happened, in the words of the message bundles. */
  public enum Meaning {
    /** A registration was begun. */
    BEGUN,
    /** A password was registered, not yet in use. */
    REGISTERED,
    /** A password is in use from now on. */
    ACTIVE,
    /** A password was tried that turned out right. */
    TRIED,
    /** A wrong password. */
    WRONG_PASSWORD,
    /** The backup was opened with the password. */
    OPENED,
    /** A login ended with a wrong proof. */
    WRONG_PROOF,
    /** A try was not counted, because the vault could not answer it. */
    VOIDED,
    /** Too many wrong passwords. */
    LOCKED,
    /** A password that was in use was erased. */
    RETIRED,
    /** An unfinished registration was dropped. */
    DROPPED,
    /** The vault knows a set. */
    CLAIMED,
    /** The newest snapshot was witnessed. */
    WITNESSED,
    /** Tries were stopped. */
    FROZEN,
    /** Tries are allowed again. */
    UNFROZEN,
    /** A new password will come into use. */
    REPLACE_ANNOUNCED,
    /** The password will be erased. */
    DELETE_ANNOUNCED,
    /** Two administrators have the password erased. */
    ADMIN_DELETE_ANNOUNCED,
    /** What was announced was called off. */
    VETOED,
    /** The set has another owner key. */
    HANDED_OVER,
    /** An older copy of the vault's database was accepted. */
    RESTORED,
    /** The vault began. */
    FOUNDED,
    /** The vault signed the portal's audit trail; about no employee. */
    AUDITED
  }

  private static final Set<Meaning> NEWS =
      EnumSet.of(
          Meaning.WRONG_PASSWORD,
          Meaning.OPENED,
          Meaning.ACTIVE,
          Meaning.RETIRED,
          Meaning.LOCKED,
          Meaning.FROZEN,
          Meaning.UNFROZEN,
          Meaning.REPLACE_ANNOUNCED,
          Meaning.DELETE_ANNOUNCED,
          Meaning.ADMIN_DELETE_ANNOUNCED,
          Meaning.VETOED,
          Meaning.HANDED_OVER,
          Meaning.RESTORED);
  private static final Set<Meaning> WHOEVER_DID_IT =
      EnumSet.of(Meaning.LOCKED, Meaning.ADMIN_DELETE_ANNOUNCED, Meaning.RESTORED);

  /**
   * A receipt and what it means.
   *
   * @param meaning what happened
   * @param receipt the vault's word
   */
  public record InterpretedReceipt(Meaning meaning, Receipt receipt) {

    /** Number of the row. */
    public long seq() {
      return receipt.entry().seq();
    }

    /** The device that asked, hexadecimal; zeros when it was none. */
    public String deviceId() {
      return TextCodec.hex(receipt.entry().subject().deviceId());
    }

    /** Whether a person who was at another device wants to know. */
    public boolean isNewsTo(String ownDeviceId) {
      return NEWS.contains(meaning)
          && (WHOEVER_DID_IT.contains(meaning) || !deviceId().equals(ownDeviceId));
    }
  }

  /** Reads receipts, ascending. */
  public static List<InterpretedReceipt> of(List<Receipt> receipts) {
    Set<Hash256> right = rightLogins(receipts);
    Set<String> wasActive = new HashSet<>();
    List<InterpretedReceipt> all = new ArrayList<>();
    for (Receipt receipt : receipts) {
      LedgerEntry entry = receipt.entry();
      String credId = entry.subject().credId().hex();
      if (entry.event() == VaultEvent.ACTIVE) {
        wasActive.add(credId);
      }
      all.add(
          new InterpretedReceipt(
              meaning(entry, right.contains(entry.detail()), wasActive.contains(credId)), receipt));
    }
    return all;
  }

  /** Logins that were completed, or taken back, by {@link LedgerEntry.Detail#login}. */
  private static Set<Hash256> rightLogins(List<Receipt> receipts) {
    Set<Hash256> right = new HashSet<>();
    for (Receipt receipt : receipts) {
      LedgerEntry entry = receipt.entry();
      if (entry.event() == VaultEvent.OPENED || entry.event() == VaultEvent.VOIDED) {
        right.add(entry.detail());
      }
    }
    return right;
  }

  private static Meaning meaning(LedgerEntry entry, boolean right, boolean wasActive) {
    return switch (entry.event()) {
      case PENDING -> Meaning.REGISTERED;
      case ACTIVE -> Meaning.ACTIVE;
      case CHARGED -> right ? Meaning.TRIED : Meaning.WRONG_PASSWORD;
      case OPENED -> Meaning.OPENED;
      case LOCKED -> Meaning.LOCKED;
      case RETIRED -> wasActive ? Meaning.RETIRED : Meaning.DROPPED;
      case BEGUN -> Meaning.BEGUN;
      case VOIDED -> Meaning.VOIDED;
      case FAILED -> Meaning.WRONG_PROOF;
      case CLAIMED -> Meaning.CLAIMED;
      case WITNESSED -> Meaning.WITNESSED;
      case FROZEN -> Meaning.FROZEN;
      case UNFROZEN -> Meaning.UNFROZEN;
      case REPLACE_ANNOUNCED -> Meaning.REPLACE_ANNOUNCED;
      case DELETE_ANNOUNCED -> Meaning.DELETE_ANNOUNCED;
      case ADMIN_DELETE_ANNOUNCED -> Meaning.ADMIN_DELETE_ANNOUNCED;
      case VETOED -> Meaning.VETOED;
      case HANDED_OVER -> Meaning.HANDED_OVER;
      case RESTORED -> Meaning.RESTORED;
      case FOUNDED -> Meaning.FOUNDED;
      case AUDIT_HEAD, AUDIT_EXPORT -> Meaning.AUDITED;
    };
  }
}
