package org.hikae.device.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentJson;
import org.hikae.hk1.Hash256;

/**
 * Objects in files; takes them without looking at them, as no part of what is measured. A folder
 * that has some already is gone on with.
 */
public final class FolderBackupStore implements BackupStore {

  private final Path state;
  private final InMemoryBackupStore inner;
  private final FolderObjectMap objects;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytesGiven = new AtomicLong();

  /** In a folder with a folder {@code objects}. */
  public FolderBackupStore(Path state, byte[] deviceId) throws IOException, BackupStoreException {
    this.state = state;
    this.objects = new FolderObjectMap(state.resolve("objects"));
    this.inner = new InMemoryBackupStore(deviceId, objects);
    for (int sequence = 1; Files.exists(commitFile(sequence)); sequence++) {
      byte[] json = Files.readAllBytes(commitFile(sequence));
      var _ = inner.commit(AgentJson.mapper().readValue(json, CommitSnapshot.class));
    }
  }

  private Path commitFile(long sequence) {
    return state.resolve("commit-" + sequence);
  }

  /** How many objects or parts were asked for. */
  public int requests() {
    return requests.get();
  }

  /** How many bytes of objects were given. */
  public long bytesGiven() {
    return bytesGiven.get();
  }

  @Override
  public void put(Hash256 name, byte[] object) {
    objects.putIfAbsent(name, object);
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) {
    return inner.missing(names);
  }

  @Override
  public byte[] get(Hash256 name) throws BackupStoreException {
    return get(name, byte[]::new);
  }

  @Override
  public byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    Path file = state.resolve("objects").resolve(name.hex());
    if (!Files.exists(file)) {
      throw new MissingObjectException(Set.of(name));
    }
    try (InputStream in = Files.newInputStream(file)) {
      int length = (int) Files.size(file);
      byte[] object = buffers.apply(length);
      if (in.readNBytes(object, 0, length) < length) {
        throw new IOException("cut");
      }
      return given(object, length);
    } catch (IOException e) {
      throw new BackupStoreException(RunResult.LOCAL, "not read", e);
    }
  }

  private byte[] given(byte[] bytes, int length) {
    requests.incrementAndGet();
    bytesGiven.addAndGet(length);
    return bytes;
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
    byte[] part = inner.getBuckets(name, first, count);
    return given(part, part.length);
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
    try {
      Files.write(commitFile(snapshot.sequence()), AgentJson.mapper().writeValueAsBytes(snapshot));
    } catch (IOException e) {
      throw new BackupStoreException(RunResult.LOCAL, "no note of it", e);
    }
    return inner.commit(snapshot);
  }

  @Override
  public SnapshotPage snapshots(String device, String after, int limit) {
    return inner.snapshots(device, after, limit);
  }

  @Override
  public List<Hash256> objects(String snapshotId) throws BackupStoreException {
    return inner.objects(snapshotId);
  }
}
