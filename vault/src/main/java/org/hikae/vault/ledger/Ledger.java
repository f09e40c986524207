package org.hikae.vault.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * The chain of everything that ever happened (spec HK1-V-15). Each row carries the root's code over
 * itself and so over all rows before; for each employee the number and state of their last row are
 * kept here, out of the store's reach, so that an account that was set back is recognised. Not safe
 * for several threads: {@code GroupCommitExecutor} sees to that.
 */
public final class Ledger {

  /** Employee of rows that are about the vault itself. */
  public static final Hash256 NOBODY = Hash256.ZERO;

  private static final String CHECKPOINT = "checkpoint";
  private static final String CHECKPOINT_PURPOSE = "vault checkpoint";

  private final RootKey root;
  private final String tenant;
  private final Map<Hash256, Known> known = new HashMap<>();
  private final RowVerifier verifier = new RowVerifier(this);
  private final LedgerReader reader = new LedgerReader(this, verifier);
  private long loads;
  private long seq;
  private Hash256 head = Hash256.ZERO;
  private long lastMillis;
  private long checkpointSeq;

  /**
   * What an employee's last row said.
   *
   * @param seq its number
   * @param stateHash hash of the account
   */
  public record Known(long seq, Hash256 stateHash) {
    static final Known NEVER = new Known(0, Hash256.ZERO);
  }

  public Ledger(RootKey root, String tenant) {
    this.root = root;
    this.tenant = tenant;
  }

  public long seq() {
    return seq;
  }

  public Hash256 head() {
    return head;
  }

  public long lastMillis() {
    return lastMillis;
  }

  public Known known(Hash256 employee) {
    return known.getOrDefault(employee, Known.NEVER);
  }

  /** How many employees have rows; of the vault itself there is one at least by then. */
  public int employees() {
    return known.size() - 1;
  }

  /**
   * How often the chain was read. While it stays the same nobody else has written to the store in
   * the vault's name.
   */
  public long loads() {
    return loads;
  }

  /** The row of the last reopening; 0 for none. Row 1 founds the ledger. */
  public long reopenedAt() {
    long last = known(NOBODY).seq();
    return last == 1 ? 0 : last;
  }

  /**
   * Whether a row of this number that is not here was given up with a reopening: every number
   * before it was the store's that was lost or is this one's, and every one after it is new.
   */
  public boolean isGivenUp(long row) {
    return row < reopenedAt();
  }

  /** The way to rows that are signed, shown or acted on. */
  public LedgerReader reader() {
    return reader;
  }

  public Hash256 mac(LedgerEntry entry) {
    return Hash256.of(root.hmac(Transcript.of("vault ledger").add(tenant).add(entry.encode())));
  }

  /** Takes over a row that was committed. */
  public void advance(LedgerRow row) {
    seq = row.seq();
    head = row.mac();
    lastMillis = row.entry().atMillis();
    known.put(row.entry().subject().employee(), new Known(row.seq(), row.entry().stateHash()));
    verifier.remember(row);
  }

  /**
   * Reads and verifies the whole chain from the last checkpoint on.
   *
   * @throws TamperedException when a row is not what this vault wrote, or one is missing
   */
  public void load(Rows rows) {
    loads++;
    known.clear();
    seq = 0;
    head = Hash256.ZERO;
    lastMillis = 0;
    checkpointSeq = 0;
    rows.note(CHECKPOINT).ifPresent(this::readCheckpoint);
    if (seq > 0 && !isIn(rows, seq, head)) {
      throw new TamperedException("The ledger's checkpoint is not of this ledger.");
    }
    List<LedgerRow> page = rows.rows(seq, VaultLimits.STEP);
    while (!page.isEmpty()) {
      page.forEach(this::verify);
      page = rows.rows(seq, VaultLimits.STEP);
    }
  }

  private void verify(LedgerRow row) {
    LedgerEntry entry = row.entry();
    boolean follows = entry.seq() == seq + 1 || isGap(entry);
    boolean whole =
        follows
            && entry.previous().equals(head)
            && entry.employeePrevious() == known(entry.subject().employee()).seq()
            && mac(entry).equals(row.mac());
    if (!whole) {
      throw new TamperedException("Row " + entry.seq() + " of the ledger is not in its chain.");
    }
    advance(row);
  }

  /** Only the row of a reopening leaves a gap: the rows that a restored store has lost. */
  static boolean isGap(LedgerEntry entry) {
    return entry.event() == VaultEvent.RESTORED && entry.subject().employee().equals(NOBODY);
  }

  /**
   * Whether the row with this number carries this code.
   *
   * @throws TamperedException when it does and was edited
   */
  public boolean isIn(Rows rows, long row, Hash256 mac) {
    return rows.row(row)
        .filter(found -> found.mac().equals(mac))
        .map(verifier::require)
        .isPresent();
  }

  /** Whether it is time to write the sums down anew. */
  public boolean wantsCheckpoint() {
    return seq - checkpointSeq >= VaultLimits.CHECKPOINT_ROWS;
  }

  /** Writes down the sums, so that the next start verifies only what comes after. */
  public void writeCheckpoint(Rows rows) {
    byte[] content = content();
    rows.putNote(
        CHECKPOINT, Transcript.fields().add(content).add(root.hmac(code(content))).toBytes());
    checkpointSeq = seq;
  }

  private byte[] content() {
    Transcript out =
        Transcript.fields().addU64(seq).add(head.toBytes()).addU64(lastMillis).addU32(known.size());
    for (Entry<Hash256, Known> entry : new TreeMap<>(known).entrySet()) {
      out.add(entry.getKey().toBytes())
          .addU64(entry.getValue().seq())
          .add(entry.getValue().stateHash().toBytes());
    }
    return out.toBytes();
  }

  private Transcript code(byte[] content) {
    return Transcript.of(CHECKPOINT_PURPOSE).add(tenant).add(Hash256.sha256(content).toBytes());
  }

  private void readCheckpoint(byte[] note) {
    try {
      TranscriptReader outer = new TranscriptReader(note);
      byte[] content = outer.atMost("content", note.length);
      Hash256 code = Hash256.of(outer.exactly("code", Hk1Constants.HASH_BYTES));
      if (!code.equals(Hash256.of(root.hmac(code(content))))) {
        throw new TamperedException("The ledger's checkpoint is not what this vault wrote.");
      }
      TranscriptReader in = new TranscriptReader(content);
      seq = in.u64("seq");
      head = Hash256.of(in.exactly("head", Hk1Constants.HASH_BYTES));
      lastMillis = in.u64("last");
      for (long left = in.u32("known"); left > 0; left--) {
        Hash256 employee = Hash256.of(in.exactly("employee", Hk1Constants.HASH_BYTES));
        long last = in.u64("seq");
        known.put(
            employee, new Known(last, Hash256.of(in.exactly("state", Hk1Constants.HASH_BYTES))));
      }
      checkpointSeq = seq;
    } catch (MalformedException e) {
      throw new TamperedException("The ledger's checkpoint cannot be read.");
    }
  }

  /** What the anchor should say. */
  public LedgerAnchor.Point point() {
    return new LedgerAnchor.Point(seq, head);
  }

  /**
   * Compares the chain with the anchor.
   *
   * @return what is wrong, or nothing when the chain is at the anchor or ahead of it by verified
   *     rows
   */
  public Optional<String> behind(Rows rows, LedgerAnchor.@Nullable Point anchored) {
    if (anchored == null) {
      // One row is a vault that died between founding its ledger and the first anchor.
      return seq <= 1
          ? Optional.empty()
          : Optional.of("The ledger has rows, but the anchor knows of none.");
    }
    if (anchored.seq() > seq) {
      return Optional.of(
          "The ledger ends at row " + seq + ", the anchor is at row " + anchored.seq() + ".");
    }
    // An anchor that a reopening gave up was to be raised, and the process died over it.
    return isIn(rows, anchored.seq(), anchored.head()) || isGivenUp(anchored.seq())
        ? Optional.empty()
        : Optional.of("Row " + anchored.seq() + " of the ledger is not the anchored one.");
  }
}
