package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each pack is fetched once, although each file needs a chunk of every pack: more than are in
 * memory at a time, and more than can be asked for ahead.
 */
@EveryThirdRun
class PackFetchCountTest extends RestoreTestBase {

  private static final int PACKS = 10;
  private static final int CHUNKS = 8;

  /** Half of a chunk cannot be compressed. */
  private static final int CHUNK_BYTES = 1_200_000;

  private static final EntryMetadata META =
      new EntryMetadata(0600, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private final List<StoredPack> packs = new ArrayList<>();
  private final List<List<byte[]>> chunks = new ArrayList<>();
  private final List<byte[]> files = new ArrayList<>();
  private SnapshotView snapshot;
  private InstrumentedBackupStore store;

  @BeforeEach
  void backUp() throws Exception {
    Random random = new Random(31);
    ChunkIdHasher ids = new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID));
    for (int number = 0; number <= PACKS; number++) {
      List<byte[]> ofPack = new ArrayList<>();
      List<Hash256> names = new ArrayList<>();
      for (int i = 0; i < CHUNKS; i++) {
        byte[] noise = new byte[CHUNK_BYTES / 2];
        random.nextBytes(noise);
        byte[] chunk = Arrays.copyOf(noise, CHUNK_BYTES);
        ofPack.add(chunk);
        names.add(ids.of(chunk, 0, chunk.length));
      }
      chunks.add(ofPack);
      packs.add(HostileSnapshot.store(backupFixture, number, ofPack, names));
    }
    snapshot = commit();
    store = new InstrumentedBackupStore(backupFixture.store());
  }

  /** Of the last pack the same chunk is needed first and last, and no other. */
  private SnapshotView commit() throws Exception {
    return HostileSnapshot.commit(
        backupFixture,
        packs.stream().map(StoredPack::pack).toList(),
        out -> {
          out.enter(new ManifestRecord.Enter(new byte[0], META, false));
          for (int file = 0; file < CHUNKS; file++) {
            byte[] name = name(file).getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream contents = new ByteArrayOutputStream();
            out.file(new ManifestRecord.FileStart(name, META, 0, 1, 1));
            for (int pack = 0; pack < PACKS; pack++) {
              out.chunk(packs.get(pack).refs().get(file));
              contents.writeBytes(chunks.get(pack).get(file));
            }
            if (file == 0 || file == CHUNKS - 1) {
              ChunkRef twice = packs.get(PACKS).refs().get(3);
              out.chunk(twice);
              contents.writeBytes(chunks.get(PACKS).get(3));
            }
            out.fileEnd(State.WHOLE);
            files.add(contents.toByteArray());
          }
          out.leave();
          out.end();
        });
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "file %03d", number);
  }

  private void restore(Supplier<RawFiles> rawFiles) throws Exception {
    RestoreResult result =
        new Restore(store, backupFixture.key(), rawFiles)
            .run(
                new RestoreRequest(
                    snapshot, RawPath.ROOT, tree.path("target"), OverwriteMode.REFUSE),
                ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    Path target = at("target");
    for (int file = 0; file < files.size(); file++) {
      assertThat(Files.readAllBytes(target.resolve(name(file)))).isEqualTo(files.get(file));
    }
    try (Stream<Path> all = Files.list(target)) {
      assertThat(all).hasSize(files.size());
    }
  }

  @Test
  void each_pack_comes_once() throws Exception {
    restore(RawFiles::open);
    for (StoredPack each : packs.subList(0, PACKS)) {
      assertThat(store.gets().get(each.pack())).isEqualTo(1);
      assertThat(store.ranges()).doesNotContainKey(each.pack());
    }
    // The start, which tells how it is sealed, and the chunk.
    assertThat(store.gets()).doesNotContainKey(packs.get(PACKS).pack());
    assertThat(store.ranges().get(packs.get(PACKS).pack())).isEqualTo(2);
  }

  @Test
  void packs_come_again_when_the_disk_has_no_room_for_what_is_needed_of_them() throws Exception {
    restore(() -> instead("freeBytes", found -> 0L));
    assertThat(store.gets().values()).anyMatch(times -> times > 1);
  }

  @Test
  void what_was_altered_on_the_disk_meanwhile_comes_again_from_the_store() throws Exception {
    AtomicInteger read = new AtomicInteger();
    restore(
        () ->
            instead(
                "read",
                arguments -> {
                  read.incrementAndGet();
                  ((byte[]) arguments[2])[(int) arguments[3] + 40] ^= 1;
                  return null;
                }));
    assertThat(read).hasPositiveValue();
    assertThat(store.gets().values()).anyMatch(times -> times > 1);
  }

  /** What is done after a call; the answer in its place, or null for its own. */
  @FunctionalInterface
  private interface CallInterceptor {
    Object done(Object[] arguments);
  }

  private static RawFiles instead(String name, CallInterceptor after) {
    RawFiles real = RawFiles.open();
    return (RawFiles)
        Proxy.newProxyInstance(
            PackFetchCountTest.class.getClassLoader(),
            new Class<?>[] {RawFiles.class},
            (proxy, method, arguments) -> {
              try {
                Object own = method.invoke(real, arguments);
                Object other = method.getName().equals(name) ? after.done(arguments) : null;
                return other == null ? own : other;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
