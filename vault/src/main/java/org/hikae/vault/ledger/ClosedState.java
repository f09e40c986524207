package org.hikae.vault.ledger;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.wire.LedgerHead;
import org.jspecify.annotations.Nullable;

/**
 * That the vault has closed itself, and why (spec HK1-V-16, HK1-V-33). What the store shows by
 * itself is found again at each start. What only a client or the witness has seen is kept where
 * nobody reaches it who can write the store: the anchor is raised to the row that was seen, so that
 * the ledger is behind it until that row is there or two people have reopened above it. The notes
 * in the store say why. Not safe for several threads but for {@link #reason}: {@code
 * GroupCommitExecutor} sees to that.
 */
public final class ClosedState {

  private static final Logger LOG = System.getLogger(ClosedState.class.getName());
  private static final String REASON = "sealed";
  private static final String SEEN = "sealed-seen";

  private final VaultStore store;
  private final LedgerAnchor anchor;
  private volatile @Nullable String reason;
  private boolean noted;
  private LedgerAnchor.@Nullable Point owed;
  private long anchoredSeq;

  public ClosedState(VaultStore store, LedgerAnchor anchor) {
    this.store = store;
    this.anchor = anchor;
  }

  /** Why the vault has closed itself; null while it has not. */
  @Nullable
  public String reason() {
    return reason;
  }

  /** What an earlier start or another process has written down. */
  public static Optional<String> noted(Rows rows) {
    return rows.note(REASON).map(note -> new String(note, StandardCharsets.UTF_8));
  }

  /** Closes the vault for good; once closed it stays so for the first reason. */
  public void close(VaultClosedException why, Ledger ledger) {
    if (reason != null) {
      return;
    }
    String text = String.valueOf(why.getMessage());
    LOG.log(Level.ERROR, "ALARM: the vault closes itself. {0}", text);
    reason = text;
    noted = false;
    LedgerAnchor.Point seen = why.seen();
    owed = seen == null ? null : target(seen, ledger);
    pay();
    try {
      store.write(
          rows -> {
            rows.putNote(REASON, text.getBytes(StandardCharsets.UTF_8));
            if (seen != null) {
              rows.putNote(SEEN, encode(seen));
            }
          });
      noted = true;
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "The alarm could not be written down: {0}", e.getMessage());
    }
  }

  /**
   * Where the anchor goes: to the row itself, or, when another one stands in its place, past the
   * ledger's end to a mark that stands for it. No true row is as far ahead as a reopening leaves
   * room; one that is comes of a stolen key and moves nothing but the mark.
   */
  private static LedgerAnchor.Point target(LedgerAnchor.Point seen, Ledger ledger) {
    long ahead = seen.seq() - ledger.seq();
    return ahead > 0 && ahead <= VaultLimits.REOPENING_GAP
        ? seen
        : new LedgerAnchor.Point(ledger.seq() + 1, mark(seen));
  }

  private static Hash256 mark(LedgerAnchor.Point seen) {
    return Hash256.sha256(
        Transcript.of("vault seal").addU64(seen.seq()).add(seen.head().toBytes()).toBytes());
  }

  /** Raises the anchor as it is owed; when that cannot be done now it is tried again. */
  private void pay() {
    LedgerAnchor.Point to = owed;
    if (to == null) {
      return;
    }
    try {
      anchor.raise(to);
      owed = null;
    } catch (TamperedException e) {
      // The ledger is behind a higher one already.
      owed = null;
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "The alarm could not be anchored yet: {0}", e.getMessage());
    }
  }

  /** While the vault is closed: a client may have seen still more, above which it is reopened. */
  public void learn(@Nullable LedgerHead head, Ledger ledger) {
    if (head == null || head.seq() <= Math.max(ledger.seq(), anchoredSeq)) {
      return;
    }
    try {
      LedgerAnchor.Point highest = store.lease() ? anchor.highest() : null;
      if (highest == null) {
        return;
      }
      anchoredSeq = highest.seq();
      long ahead = head.seq() - Math.max(ledger.seq(), anchoredSeq);
      if (ahead > 0 && ahead <= VaultLimits.REOPENING_GAP) {
        LedgerAnchor.Point seen = new LedgerAnchor.Point(head.seq(), head.mac());
        anchor.raise(seen);
        anchoredSeq = seen.seq();
        store.write(rows -> rows.putNote(SEEN, encode(seen)));
        LOG.log(Level.ERROR, "ALARM: a client has seen row {0}.", Long.toString(seen.seq()));
      }
    } catch (UnavailableException | TamperedException e) {
      LOG.log(Level.ERROR, "What a client has seen could not be kept: {0}", e.getMessage());
    }
  }

  private static byte[] encode(LedgerAnchor.Point seen) {
    return Transcript.fields().addU64(seen.seq()).add(seen.head().toBytes()).toBytes();
  }

  /** The highest row that somebody outside has seen, as the anchor vouches for it. */
  public static LedgerAnchor.@Nullable Point seen(
      Rows rows, LedgerAnchor.@Nullable Point anchored) {
    byte[] note = rows.note(SEEN).orElse(null);
    if (note == null || anchored == null) {
      return null;
    }
    try {
      TranscriptReader in = new TranscriptReader(note);
      long seq = in.u64("seq");
      LedgerAnchor.Point seen =
          new LedgerAnchor.Point(seq, Hash256.of(in.exactly("head", Hk1Constants.HASH_BYTES)));
      return seen.equals(anchored) || mark(seen).equals(anchored.head()) ? seen : null;
    } catch (MalformedException e) {
      return null;
    }
  }

  /**
   * Whether people have reopened the ledger through another process since this one closed itself:
   * what it wrote down then is gone. Everything is verified again before it serves.
   */
  public boolean isReopenedElsewhere() {
    pay();
    boolean gone =
        noted
            && owed == null
            && store.lease()
            && store.transact(rows -> rows.note(REASON).isEmpty());
    if (gone) {
      reason = null;
    }
    return gone;
  }

  /** Takes what was written down away, with the reopening. */
  public static void forget(Rows rows) {
    rows.removeNote(REASON);
    rows.removeNote(SEEN);
  }

  /** The reopening is anchored. */
  public void reopened() {
    owed = null;
    reason = null;
  }
}
