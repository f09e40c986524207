package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.log.wire.TransparencyLogResult;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.LogEntryKind;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the portal's log and keeps its end (spec HK1-X-09, HK1-X-10). Believed is what the log
 * signed before, never what the portal says of it now. The key is the first one that was had.
 */
public final class PortalLogCheck {

  private static final String CHECKPOINT = "checkpoint";

  private final LogFileSource files;
  private final KeptCheckpointStore store;
  private final LoggedCardStore cards;

  /**
   * Of one portal.
   *
   * @param folder where what was seen is kept; it need not be there yet
   */
  public PortalLogCheck(LogFileSource files, Path folder) {
    this.files = files;
    this.store = new KeptCheckpointStore(folder);
    this.cards = new LoggedCardStore(folder);
  }

  /** What is kept. */
  public KeptCheckpointStore store() {
    return store;
  }

  /**
   * Looks. With an end that is kept, byte for byte, nothing more is read while the card is one of
   * those that were seen; else the whole log is.
   *
   * @param card the vault's card that is used here; null when none is
   * @throws IOException when what is kept cannot be read or written
   */
  public PortalLogResult look(@Nullable SignedCard card) throws IOException {
    byte[] before = store.checkpoint();
    NoteKey key = store.key();
    byte[] now;
    try {
      now = files.get(CHECKPOINT);
      if (key == null) {
        key = NoteKey.parse(new String(files.get("key"), StandardCharsets.UTF_8).strip());
      }
    } catch (MalformedException e) {
      return PortalLogResult.of(PortalLogState.BAD_CHECKPOINT, 0);
    } catch (IOException e) {
      boolean never = before == null && PortalLogSource.isRefusal(e);
      return PortalLogResult.of(
          never ? PortalLogState.NONE : PortalLogState.NO_ANSWER, sizeOf(before, key));
    }
    if (before != null && Arrays.compare(before, now) == 0 && has(card)) {
      long size = sizeOf(before, key);
      return new PortalLogResult(PortalLogState.FITS, size, size, null);
    }
    return compare(key, before, now, card);
  }

  /**
   * Compares the log as it is now with an end that another device was shown (spec HK1-X-11).
   *
   * @param key the key that is kept
   * @param other the end as that device exported it, signed by that key
   * @throws IOException when what contradicts cannot be kept
   */
  public PortalLogResult compare(NoteKey key, byte[] other) throws IOException {
    TransparencyLogResult result = new TransparencyLogVerifier(files, key).check(other);
    TransparencyLogFault fault = result.fault();
    if (fault == null) {
      return new PortalLogResult(PortalLogState.FITS, result.size(), result.before(), null);
    }
    if (fault.isContradiction()) {
      // What the other device was shown is one half of what contradicts.
      keep(result, other);
    }
    return wrong(result, fault);
  }

  private PortalLogResult wrong(TransparencyLogResult result, TransparencyLogFault fault)
      throws IOException {
    byte[] now = result.checkpoint();
    byte[] before = store.checkpoint();
    boolean known = before != null && Arrays.compare(now, before) == 0;
    Optional<Path> kept = result.isSigned() && !known ? keep(result, now) : Optional.empty();
    return new PortalLogResult(
        PortalLogState.valueOf(fault.name()), result.size(), result.before(), kept.orElse(null));
  }

  private Optional<Path> keep(TransparencyLogResult result, byte[] end) throws IOException {
    return result.isEvidence() ? store.keepContradicting(end) : store.keepUnproven(end);
  }

  private PortalLogResult compare(
      NoteKey key, byte @Nullable [] before, byte[] now, @Nullable SignedCard card)
      throws IOException {
    Set<Hash256> seen = new LinkedHashSet<>();
    LogFileSource same = path -> path.equals(CHECKPOINT) ? now : files.get(path);
    TransparencyLogResult result =
        new TransparencyLogVerifier(same, key).check(before, entry -> note(entry, seen));
    TransparencyLogFault fault = result.fault();
    if (fault != null) {
      return wrong(result, fault);
    }
    // First the cards: an end that is kept says that they are.
    cards.write(seen);
    store.keep(key, before, now);
    PortalLogState fits = before == null ? PortalLogState.FIRST : PortalLogState.FITS;
    PortalLogState state = has(card) ? fits : PortalLogState.CARD_MISSING;
    return new PortalLogResult(state, result.size(), result.before(), null);
  }

  private static void note(byte[] entry, Set<Hash256> seen) {
    try {
      LogEntry parsed = LogEntry.parse(entry);
      if (parsed.kind() == LogEntryKind.VAULT_CARD && seen.size() < LoggedCardStore.MAX_CARDS) {
        seen.add(parsed.leaf());
      }
    } catch (MalformedException e) {
      // A kind of later; it is no card.
    }
  }

  private boolean has(@Nullable SignedCard card) {
    return card == null || cards.read().contains(LogEntry.ofCard(card).leaf());
  }

  private static long sizeOf(byte @Nullable [] checkpoint, @Nullable NoteKey key) {
    return checkpoint == null || key == null ? 0 : TransparencyLogVerifier.sizeOf(checkpoint, key);
  }
}
