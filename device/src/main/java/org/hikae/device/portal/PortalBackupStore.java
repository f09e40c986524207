package org.hikae.device.portal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.http.HttpReply;
import org.hikae.device.http.UnreachableException;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.StubParser;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The portal as the engine's store. It checks what can be checked without keys: the stub of a
 * snapshot that was committed is computed again, lists are in order. Snapshots that are listed are
 * handed on as they came: one that cannot be must not keep the others away. Thread-safe.
 */
public final class PortalBackupStore implements BackupStore {

  private static final int PARTIAL_CONTENT = 206;
  private static final String IN_VAIN = "network.waited-in-vain";

  /** How calls end that the portal refused, did not answer, or answered with what cannot be. */
  private static final Set<RunResult> REFUSALS =
      Set.of(RunResult.NETWORK, RunResult.REFUSED, RunResult.CORRUPT);

  private final DevicePortalClient portal;
  private final ObjectWait objectWait;

  /** Stores at {@code portal}. */
  public PortalBackupStore(DevicePortalClient portal) {
    this(portal, new ObjectWait(System::nanoTime));
  }

  /** The same, waiting no longer than that for all together. */
  public PortalBackupStore(DevicePortalClient portal, ObjectWait objectWait) {
    this.portal = portal;
    this.objectWait = objectWait;
  }

  /** A call that can fail in the agent's way. */
  @FunctionalInterface
  private interface PortalRequest<T> {
    T ask() throws AgentException;
  }

  /** A call that can fail in the store's way. */
  @FunctionalInterface
  private interface StoreRequest<T> {
    T ask() throws BackupStoreException;
  }

  @Override
  public void put(Hash256 name, byte[] object) throws BackupStoreException {
    put(name, object, object.length);
  }

  @Override
  public void put(Hash256 name, byte[] array, int length) throws BackupStoreException {
    // Whether the name is the hash of the bytes is the portal's to refuse (spec HK1-S-01): hashing
    // every pack once more here would take a tenth of a run's processor time.
    if (length > Hk1Constants.MAX_OBJECT_BYTES) {
      throw new BackupStoreException(RunResult.REFUSED, "an object has at most 24 MiB", null);
    }
    var _ =
        waiting(
            sent -> length,
            () ->
                asking(
                    () -> {
                      portal.putObject(name, array, length);
                      return name;
                    }));
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) throws BackupStoreException {
    List<Hash256> all = List.copyOf(names);
    Set<Hash256> missing = new HashSet<>();
    for (int from = 0; from < all.size(); from += MissingQuery.MAX_NAMES) {
      List<Hash256> part = all.subList(from, Math.min(all.size(), from + MissingQuery.MAX_NAMES));
      List<String> answer =
          waiting(
              answered -> 0,
              () -> asking(() -> portal.missing(part.stream().map(Hash256::hex).toList())));
      Set<Hash256> asked = Set.copyOf(part);
      for (Hash256 name : parse(answer)) {
        if (!asked.contains(name)) {
          throw untrue("the portal misses an object that was not asked for");
        }
        missing.add(name);
      }
    }
    return missing;
  }

  @Override
  public byte[] get(Hash256 name) throws BackupStoreException {
    // Not compared with the name: the caller does, and salvages what is sound in a damaged pack.
    return handedOut(bytes -> bytes.length, () -> stored(name, () -> portal.object(name)));
  }

  @Override
  public byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    return handedOut(bytes -> bytes.length, () -> stored(name, () -> portal.object(name, buffers)));
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException("a part begins in the object and has a bucket at least");
    }
    long offset = (long) first * PackRange.BUCKET_BYTES;
    long length = (long) count * PackRange.BUCKET_BYTES;
    return handedOut(bytes -> bytes.length, () -> range(name, offset, length));
  }

  private byte[] range(Hash256 name, long offset, long length) throws BackupStoreException {
    HttpReply httpReply;
    try {
      httpReply = stored(name, () -> portal.objectRange(name, offset, length));
    } catch (BackupStoreException e) {
      if (e.getCause() instanceof PortalRefusalException refusal
          && refusal.is(ProblemCode.RANGE_NOT_SATISFIABLE)) {
        return new byte[0];
      }
      throw e;
    }
    byte[] body = httpReply.body();
    if (httpReply.status() == PARTIAL_CONTENT) {
      if (body.length > length) {
        throw untrue("the portal sent more than the part that was asked for");
      }
      return body;
    }
    // A server may answer a range with the whole; then the part is cut here.
    int from = (int) Math.min(offset, body.length);
    return Arrays.copyOfRange(body, from, (int) Math.min(from + length, body.length));
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
    try {
      SnapshotView view = checked(portal.commit(snapshot));
      boolean same =
          view.setId().equals(snapshot.setId())
              && view.generation() == snapshot.generation()
              && view.sequence() == snapshot.sequence()
              && view.previous().equals(snapshot.previous())
              && view.root().equals(snapshot.root())
              && view.listHash().equals(snapshot.listHash());
      if (!same) {
        throw untrue("the portal committed another snapshot than the one sent");
      }
      return view;
    } catch (PortalRefusalException e) {
      if (e.is(ProblemCode.MISSING_OBJECTS)) {
        throw new MissingObjectException(new HashSet<>(parse(e.missing())));
      }
      throw failed(e);
    } catch (AgentException e) {
      throw failed(e);
    }
  }

  @Override
  public SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit)
      throws BackupStoreException {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit (" + limit + ") must be 1 to " + MAX_PAGE);
    }
    return handedOut(page -> 0, () -> page(deviceId, after, limit));
  }

  private SnapshotPage page(@Nullable String deviceId, @Nullable String after, int limit)
      throws BackupStoreException {
    SnapshotPage page = asking(() -> portal.snapshots(deviceId, after, limit));
    if (page.snapshots().size() > limit) {
      throw untrue("the portal sent more snapshots than were asked for");
    }
    return page;
  }

  @Override
  public List<Hash256> objects(String snapshotId) throws BackupStoreException {
    return handedOut(
        names -> (long) names.size() * Hk1Constants.HASH_BYTES, () -> objectList(snapshotId));
  }

  private List<Hash256> objectList(String snapshotId) throws BackupStoreException {
    byte[] joined = asking(() -> portal.objectNames(snapshotId));
    if (joined.length % Hk1Constants.HASH_BYTES != 0) {
      throw untrue("the object list has half a name");
    }
    List<Hash256> names = new ArrayList<>(joined.length / Hk1Constants.HASH_BYTES);
    for (int at = 0; at < joined.length; at += Hk1Constants.HASH_BYTES) {
      Hash256 name = Hash256.of(Arrays.copyOfRange(joined, at, at + Hk1Constants.HASH_BYTES));
      if (!names.isEmpty() && names.getLast().compareTo(name) >= 0) {
        throw untrue("the object list is not in ascending order");
      }
      names.add(name);
    }
    return names;
  }

  /** Refuses a snapshot whose stub hash or identifier does not follow from its fields. */
  static SnapshotView checked(SnapshotView view) throws BackupStoreException {
    try {
      Hash256 stub = StubParser.parse(view).hash();
      String id = stub.hex().substring(0, 2 * Hk1Constants.ID_BYTES);
      if (!view.stubHash().equals(stub.hex()) || !view.snapshotId().equals(id)) {
        throw untrue("the hash of a snapshot does not follow from its fields");
      }
      return view;
    } catch (MalformedException e) {
      throw new BackupStoreException(RunResult.CORRUPT, "the portal sent a malformed snapshot", e);
    }
  }

  private static List<Hash256> parse(List<String> names) throws BackupStoreException {
    List<Hash256> parsed = new ArrayList<>(names.size());
    try {
      for (String name : names) {
        parsed.add(Hash256.parse(name));
      }
      return parsed;
    } catch (MalformedException e) {
      throw new BackupStoreException(RunResult.CORRUPT, "the portal sent a malformed name", e);
    }
  }

  /**
   * Tells one thing that is kept back from a portal that cannot be used (spec HK1-R-15). It is
   * asked for once more when the portal has answered something else meanwhile.
   */
  private <T> T handedOut(ToLongFunction<T> bytes, StoreRequest<T> request)
      throws BackupStoreException {
    // What is asked in between is waited for, too.
    objectWait.begins();
    try {
      return orWithheld(bytes, request);
    } finally {
      objectWait.ends();
    }
  }

  private <T> T orWithheld(ToLongFunction<T> bytes, StoreRequest<T> request)
      throws BackupStoreException {
    try {
      return waiting(bytes, request);
    } catch (BackupStoreException e) {
      if (!isRefusal(e) || !answersSomethingElse()) {
        throw e;
      }
    }
    try {
      return waiting(bytes, request);
    } catch (BackupStoreException e) {
      throw isRefusal(e) ? new WithheldObjectException(answer(e), e) : e;
    }
  }

  /** Ends the run when all that was asked for has been waited for too long (spec HK1-R-16). */
  private <T> T waiting(ToLongFunction<T> bytes, StoreRequest<T> request)
      throws BackupStoreException {
    if (objectWait.isOver()) {
      throw waitedInVain(null);
    }
    objectWait.begins();
    try {
      T answer = request.ask();
      objectWait.answered(bytes.applyAsLong(answer));
      return answer;
    } catch (BackupStoreException e) {
      if (isConclusive(e)) {
        objectWait.answered(0);
      }
      throw objectWait.isOver() && REFUSALS.contains(e.result()) ? waitedInVain(e) : e;
    } finally {
      objectWait.ends();
    }
  }

  private BackupStoreException waitedInVain(@Nullable Exception last) {
    Object[] told = {portal.host(), ObjectWait.LONGEST.toMinutes()};
    AgentException why =
        last == null
            ? new AgentException(RunResult.NETWORK, IN_VAIN, told)
            : new AgentException(RunResult.NETWORK, last, IN_VAIN, told);
    return new BackupStoreException(RunResult.NETWORK, IN_VAIN, why);
  }

  private static boolean isRefusal(BackupStoreException e) {
    return !isConclusive(e) && !isInVain(e) && REFUSALS.contains(e.result());
  }

  private static boolean isConclusive(BackupStoreException e) {
    return e instanceof MissingObjectException
        || (e.getCause() instanceof PortalRefusalException refusal
            && refusal.is(ProblemCode.SNAPSHOT_REMOVED));
  }

  private static boolean isInVain(BackupStoreException e) {
    return e.getCause() instanceof AgentException cause && cause.key().equals(IN_VAIN);
  }

  private boolean answersSomethingElse() throws BackupStoreException {
    try {
      var _ = portal.snapshots(null, null, 1);
      return true;
    } catch (AgentException e) {
      if (REFUSALS.contains(e.result())) {
        return false;
      }
      throw failed(e);
    }
  }

  private static String answer(BackupStoreException e) {
    if (e.getCause() instanceof PortalRefusalException refusal) {
      return Integer.toString(refusal.status());
    }
    return e.getCause() instanceof UnreachableException ? "-" : "?";
  }

  private static <T> T asking(PortalRequest<T> call) throws BackupStoreException {
    try {
      return call.ask();
    } catch (AgentException e) {
      throw failed(e);
    }
  }

  private static <T> T stored(Hash256 name, PortalRequest<T> call) throws BackupStoreException {
    try {
      return call.ask();
    } catch (PortalRefusalException e) {
      // What is removed is a snapshot; of an object that says no more than that it is not there.
      if (e.is(ProblemCode.NOT_FOUND) || e.is(ProblemCode.SNAPSHOT_REMOVED)) {
        throw new MissingObjectException(Set.of(name));
      }
      throw failed(e);
    } catch (AgentException e) {
      throw failed(e);
    }
  }

  private static BackupStoreException failed(AgentException e) {
    return new BackupStoreException(e.result(), e.key(), e);
  }

  private static BackupStoreException untrue(String what) {
    return new BackupStoreException(RunResult.CORRUPT, what, null);
  }
}
