package org.hikae.device.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose the arrays of packs are while they are made and sent. */
@Timeout(60)
class PackUploaderTest {

  private static final int LENGTH = 1_000_000;

  private final Set<byte[]> sent =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  /** Takes packs, or refuses them, and does nothing else. */
  private final class ArrayStore implements BackupStore {

    private final boolean refuses;

    ArrayStore(boolean refuses) {
      this.refuses = refuses;
    }

    @Override
    public void put(Hash256 name, byte[] array, int length) throws BackupStoreException {
      sent.add(array);
      assertThat(Hash256.sha256(array, 0, length)).isEqualTo(name);
      if (refuses) {
        throw new BackupStoreException(RunResult.REFUSED, "no", null);
      }
    }

    @Override
    public void put(Hash256 name, byte[] object) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<Hash256> missing(Collection<Hash256> names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] get(Hash256 name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getBuckets(Hash256 name, int first, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SnapshotView commit(CommitSnapshot snapshot) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Hash256> objects(String snapshotId) {
      throw new UnsupportedOperationException();
    }
  }

  private static void submit(PackUploader uploader, int number) throws BackupStoreException {
    byte[] array = uploader.buffer(LENGTH + number);
    array[0] = (byte) number;
    var _ = uploader.submit(new SealedPack(array, LENGTH + number, 0), (_, _) -> {});
  }

  @Test
  void arrays_of_packs_that_were_sent_are_used_again() throws Exception {
    try (PackUploader uploader = new PackUploader(new ArrayStore(false))) {
      long bytes = 0;
      for (int number = 0; number < 100; number++) {
        submit(uploader, number);
        bytes += LENGTH + number;
      }
      uploader.drain(() -> {});
      assertThat(uploader.bytesSent()).isEqualTo(bytes);
      assertThat(sent).hasSizeBetween(1, PackUploader.IN_FLIGHT + 1);
    }
  }

  @Test
  void an_array_comes_back_from_a_pack_that_was_refused() throws Exception {
    PackUploader uploader = new PackUploader(new ArrayStore(true));
    submit(uploader, 1);
    assertThatThrownBy(() -> uploader.drain(() -> {})).isInstanceOf(BackupStoreException.class);
    // Waits for the thread that sends.
    uploader.close();
    assertThat(uploader.buffer(LENGTH)).isSameAs(sent.iterator().next());
  }
}
