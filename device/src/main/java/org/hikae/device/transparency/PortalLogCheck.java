package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.log.wire.TransparencyLogResult;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the portal's log and keeps its end (spec HK1-X-09, HK1-X-10). Believed is what the log
 * signed before, never what the portal says of it now. The key is the first one under which an end
 * was had. One process of the device looks at a time.
 */
public final class PortalLogCheck {

  /** Most entries of a log that is read: it gets some dozens in years. */
  static final long MAX_ENTRIES = 65_536;

  private static final String CHECKPOINT = "checkpoint";

  private final LogFileSource files;
  private final Path folder;
  private final InstantSource clock;
  private final KeptCheckpointStore store;
  private final LoggedCardStore cards;
  private final LogSilenceStore silence;
  private final LogAlarmStore alarms;

  /**
   * Of one portal.
   *
   * @param folder where what was seen is kept; it need not be there yet
   */
  public PortalLogCheck(LogFileSource files, Path folder, InstantSource clock) {
    this.files = files;
    this.folder = folder;
    this.clock = clock;
    this.store = new KeptCheckpointStore(folder);
    this.cards = new LoggedCardStore(folder);
    this.silence = new LogSilenceStore(folder);
    this.alarms = new LogAlarmStore(folder);
  }

  /** The key and the end that are kept. */
  public KeptCheckpointStore store() {
    return store;
  }

  /**
   * Looks. With the end that is kept nothing more is read while the card was seen under it; else
   * the whole log is. What is wrong stands from then on: no later look is fine.
   *
   * @param card the vault's card that is used here; null when none is
   * @param newest asks the portal for the card once more, which enters it; then it is looked for
   *     again. Null when it cannot be had
   * @throws IOException when what is kept cannot be read or written
   */
  public PortalLogResult look(@Nullable SignedCard card, Supplier<@Nullable SignedCard> newest)
      throws IOException {
    try (ExclusiveFileLock _ = lock()) {
      // Before the first byte: a look that is cut off has been in vain.
      silence.asked(clock.instant());
      PortalLogResult result = once(card);
      if (card != null && result.state() == PortalLogState.CARD_MISSING) {
        SignedCard again = newest.get();
        SignedCard wanted = again == null ? card : again;
        result = again == null ? result : once(again);
        result = result.state() == PortalLogState.CARD_MISSING ? missing(wanted, result) : result;
      }
      if (result.isShown()) {
        silence.answered();
      }
      if (result.isAlarm()) {
        raise(result);
        return result;
      }
      return result.isFine() && alarms.standing().isPresent() ? result.standing() : result;
    }
  }

  private PortalLogResult once(@Nullable SignedCard card) throws IOException {
    byte[] before = store.checkpoint();
    NoteKey key = store.key();
    if (before != null && key == null) {
      throw new IOException(folder.resolve("key") + " is missing");
    }
    long then = sizeOf(before, key);
    byte[] given;
    try {
      given = files.get(CHECKPOINT);
    } catch (IOException e) {
      return key == null && PortalLogSource.isNotFound(e)
          ? PortalLogResult.of(PortalLogState.NONE, 0, 0)
          : silent(then, null);
    }
    if (!isNote(given)) {
      // A page of what stands in front of the portal, which has no key to sign with.
      return silent(then, null);
    }
    if (key == null) {
      try {
        key = NoteKey.parse(new String(files.get("key"), StandardCharsets.UTF_8).strip());
      } catch (MalformedException e) {
        return unsigned(then, given);
      } catch (IOException e) {
        // An end without its key can be read by nobody.
        return PortalLogSource.isNotFound(e) ? unsigned(then, given) : silent(then, given);
      }
    }
    try {
      SignedCheckpoint end = open(given, key);
      store.keepKey(key);
      return compare(key, before, end, card);
    } catch (MalformedException | NoteSignatureException e) {
      return unsigned(then, given);
    }
  }

  private PortalLogResult compare(
      NoteKey key, byte @Nullable [] before, SignedCheckpoint end, @Nullable SignedCard card)
      throws IOException {
    byte[] now = end.ownBytes();
    long size = end.checkpoint().size();
    long then = sizeOf(before, key);
    Hash256 leaf = card == null ? null : LogEntry.ofCard(card).leaf();
    boolean same = before != null && Arrays.compare(before, now) == 0;
    if (same && (leaf == null || cards.has(now, leaf))) {
      return PortalLogResult.of(PortalLogState.FITS, size, then);
    }
    if (size > MAX_ENTRIES) {
      return fault(TransparencyLogFault.TOO_LARGE, size, then, now);
    }
    AtomicBoolean found = new AtomicBoolean(leaf == null);
    TransparencyLogResult result =
        new TransparencyLogVerifier(with(now), key)
            .check(
                before,
                entry -> {
                  if (leaf != null && MerkleHasher.leaf(entry).equals(leaf)) {
                    found.set(true);
                  }
                });
    TransparencyLogFault fault = result.fault();
    if (fault != null) {
      return fault(fault, size, then, now);
    }
    if (leaf != null && found.get()) {
      // Before the end: whoever is killed in between reads the log again.
      cards.write(now, leaf);
    }
    store.keep(key, before, now);
    PortalLogState fits = before == null ? PortalLogState.FIRST : PortalLogState.FITS;
    return PortalLogResult.of(found.get() ? fits : PortalLogState.CARD_MISSING, size, then);
  }

  /** The log with this end, whatever the portal would say if it were asked again. */
  private LogFileSource with(byte[] end) {
    return path -> path.equals(CHECKPOINT) ? end : files.get(path);
  }

  private static boolean isNote(byte[] given) {
    try {
      return !SignedNote.parse(given).signatures().isEmpty();
    } catch (MalformedException e) {
      return false;
    }
  }

  private PortalLogResult silent(long before, byte @Nullable [] end) throws IOException {
    return end == null
        ? PortalLogResult.of(TransparencyLogFault.NO_ANSWER, 0, before, null)
        : fault(TransparencyLogFault.NO_ANSWER, 0, before, end);
  }

  private PortalLogResult unsigned(long before, byte[] given) throws IOException {
    return fault(TransparencyLogFault.BAD_CHECKPOINT, 0, before, given);
  }

  /** With the file that has the end: one of its own, unless it is the kept one. */
  private PortalLogResult fault(TransparencyLogFault fault, long size, long before, byte[] end)
      throws IOException {
    byte[] known = store.checkpoint();
    boolean kept = known != null && Arrays.compare(end, known) == 0;
    Path file = kept ? folder.resolve(CHECKPOINT) : keep(fault, end);
    return PortalLogResult.of(fault, size, before, file);
  }

  private @Nullable Path keep(TransparencyLogFault fault, byte[] end) {
    try {
      boolean evidence = fault == TransparencyLogFault.FORKED;
      return (evidence ? store.keepContradicting(end) : store.keepUnproven(end)).orElse(null);
    } catch (IOException e) {
      // It is told all the same, such as on a full disk.
      return null;
    }
  }

  private PortalLogResult missing(SignedCard card, PortalLogResult result) throws IOException {
    byte[] end = store.checkpoint();
    if (end == null) {
      return result;
    }
    try {
      Hash256 leaf = LogEntry.ofCard(card).leaf();
      return result.keeping(store.keepWithoutCard(leaf, end).orElse(null));
    } catch (IOException e) {
      // It is told all the same.
      return result;
    }
  }

  private void raise(PortalLogResult result) {
    try {
      alarms.raise(result.code(), clock.instant());
    } catch (IOException e) {
      // It is told all the same, and the next look has another try.
    }
  }

  /**
   * Whether comparing with this end takes entries: they are as many, or not of one log, without.
   */
  public boolean comparesByEntries(byte[] other) throws IOException {
    byte[] mine = store.checkpoint();
    NoteKey key = store.key();
    if (mine == null || key == null) {
      return true;
    }
    long size = sizeOf(other, key);
    return size != 0 && size != sizeOf(mine, key);
  }

  /**
   * Compares the end that is kept here with one that another device was shown (spec HK1-X-11): what
   * the portal would give as the end at this moment has no part in it. A contradiction stands, as
   * in {@link #look}.
   *
   * @param other the end as that device exported it
   * @return with {@link TransparencyLogFault#BAD_CHECKPOINT} when another key has signed it
   * @throws IOException when nothing is kept here, or it cannot be read
   */
  public PortalLogResult compare(byte[] other) throws IOException {
    try (ExclusiveFileLock _ = lock()) {
      byte[] mine = store.checkpoint();
      NoteKey key = store.key();
      if (mine == null || key == null) {
        throw new IOException("nothing is kept in " + folder);
      }
      SignedCheckpoint theirs;
      try {
        theirs = open(other, key);
      } catch (MalformedException | NoteSignatureException e) {
        return unsigned(sizeOf(mine, key), other);
      }
      if (theirs.checkpoint().equals(kept(mine, key).checkpoint())) {
        long size = theirs.checkpoint().size();
        return PortalLogResult.of(PortalLogState.FITS, size, size);
      }
      byte[] end = theirs.ownBytes();
      TransparencyLogResult result = new TransparencyLogVerifier(with(mine), key).check(end);
      TransparencyLogFault fault = result.fault();
      if (fault == null) {
        return PortalLogResult.of(PortalLogState.FITS, result.size(), result.before());
      }
      // What the other device was shown is one half of what contradicts.
      Path kept = fault.isContradiction() ? keep(fault, end) : null;
      PortalLogResult told = PortalLogResult.of(fault, result.size(), result.before(), kept);
      if (told.isAlarm()) {
        raise(told);
      }
      return told;
    }
  }

  private static SignedCheckpoint open(byte[] end, NoteKey key)
      throws MalformedException, NoteSignatureException {
    return SignedCheckpoint.open(end, key.name(), key, List.of());
  }

  private static SignedCheckpoint kept(byte[] end, NoteKey key) throws IOException {
    try {
      return open(end, key);
    } catch (MalformedException | NoteSignatureException e) {
      throw new IOException("what was kept is no checkpoint of this log", e);
    }
  }

  /**
   * Whether the log of the end that is kept here has all of these entries; reads all of it. To be
   * asked after a {@link #look} in which everything was fine.
   *
   * @throws IOException when it cannot be had, or what is kept cannot be read
   */
  public boolean has(List<LogEntry> entries) throws IOException {
    try (ExclusiveFileLock _ = lock()) {
      byte[] end = store.checkpoint();
      NoteKey key = store.key();
      if (end == null || key == null) {
        return false;
      }
      Set<Hash256> missing = new HashSet<>();
      entries.forEach(entry -> missing.add(entry.leaf()));
      TransparencyLogResult result =
          new TransparencyLogVerifier(with(end), key)
              .check(null, entry -> missing.removeIf(MerkleHasher.leaf(entry)::equals));
      IOException failure = result.failure();
      if (failure != null) {
        throw failure;
      }
      return result.fault() == null && missing.isEmpty();
    }
  }

  /** Whether there is neither a key, nor an end, nor an alarm. */
  public boolean isEmpty() {
    return store.isEmpty() && alarms.standing().isEmpty();
  }

  /**
   * Moves what is kept aside, and so ends an alarm. The key stays: also after a restore of its
   * database an honest portal signs with the same one.
   *
   * @param keyToo whether the key is forgotten as well
   * @return where it is now
   */
  public Path forget(boolean keyToo) throws IOException {
    try (ExclusiveFileLock _ = lock()) {
      NoteKey key = keyToo ? null : store.key();
      long at = clock.instant().getEpochSecond();
      while (Files.exists(aside(at))) {
        at++;
      }
      Path aside = aside(at);
      Files.move(folder, aside);
      if (key != null) {
        store.keepKey(key);
      }
      return aside;
    }
  }

  private Path aside(long at) {
    return folder.resolveSibling(folder.getFileName() + ".until-" + at);
  }

  /** Beside the folder, which may be moved meanwhile. */
  private ExclusiveFileLock lock() throws IOException {
    Files.createDirectories(folder);
    return ExclusiveFileLock.take(folder.resolveSibling(folder.getFileName() + ".lock"));
  }

  private static long sizeOf(byte @Nullable [] checkpoint, @Nullable NoteKey key) {
    return checkpoint == null || key == null ? 0 : TransparencyLogVerifier.sizeOf(checkpoint, key);
  }
}
