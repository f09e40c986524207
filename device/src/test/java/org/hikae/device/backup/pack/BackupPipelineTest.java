package org.hikae.device.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.BackupThreadProbe;
import org.hikae.device.backup.WalkBatchWriter;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.sealing.ChunkFrameBytes;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, bounds, failures and the end of a pipeline. */
@Timeout(60)
@EveryThirdRun
class BackupPipelineTest {

  private BackupFixture backupFixture;
  private ChunkIndex index;

  @BeforeEach
  void open() throws Exception {
    backupFixture = new BackupFixture();
    index = new ChunkIndex(null);
  }

  @AfterEach
  void close() throws InterruptedException {
    index.close();
    backupFixture.close();
    assertThat(BackupThreadProbe.left()).isEmpty();
  }

  private static void neverCancelled() {
    // Waits as long as it takes.
  }

  private Supplier<ChunkEncoder> encoders() {
    BackupKey key = backupFixture.key();
    return () -> new ChunkEncoder(key, index);
  }

  /** Writes chunks of all sizes, each behind a record, until something gives. */
  private static List<byte[]> write(WalkBatchWriter out, int count) throws Exception {
    Random random = new Random(7);
    List<byte[]> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] chunk = new byte[1 + random.nextInt(i % 20 == 0 ? 4 << 20 : 3000)];
      Arrays.fill(chunk, (byte) i);
      written.add(chunk);
      out.record(new ManifestRecord.Leave());
      out.chunk(chunk, 0, chunk.length);
    }
    out.end();
    return written;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everything_arrives_in_the_order_in_which_it_was_written(int workers) throws Exception {
    List<Hash256> ids = new ArrayList<>();
    List<ManifestRecord> records = new ArrayList<>();
    List<byte[]> written;
    try (BackupPipeline pipeline =
        new BackupPipeline(
            BackupPipelineTest::neverCancelled,
            workers,
            encoders(),
            batch -> {
              for (WalkBatch.Step step : batch.steps()) {
                switch (step) {
                  case WalkBatch.RecordStep record -> records.add(record.record());
                  case WalkBatch.NewChunkStep chunk -> {
                    assertThat(chunk.frame()).isNotNull();
                    ids.add(chunk.id());
                  }
                  case WalkBatch.StoredChunkStep storedChunkStep ->
                      throw new AssertionError("" + storedChunkStep);
                }
              }
            })) {
      written = write(new WalkBatchWriter(pipeline), 3000);
    }
    assertThat(records).hasSize(3001).last().isInstanceOf(ManifestRecord.End.class);
    try (ChunkEncoder encoder = encoders().get()) {
      assertThat(ids)
          .isEqualTo(written.stream().map(chunk -> encoder.id(chunk, 0, chunk.length)).toList());
    }
  }

  @Test
  void the_frame_of_a_chunk_depends_on_nothing_before_it() throws Exception {
    byte[] text =
        "as if it were a line of a log, ".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
    List<byte[]> frames = new ArrayList<>();
    try (BackupPipeline pipeline =
        new BackupPipeline(
            BackupPipelineTest::neverCancelled,
            1,
            encoders(),
            batch -> {
              for (WalkBatch.Step step : batch.steps()) {
                if (step instanceof WalkBatch.NewChunkStep chunk && chunk.length() == text.length) {
                  ChunkFrameBytes frame = chunk.frame();
                  int end = frame.offset() + frame.length();
                  frames.add(Arrays.copyOfRange(frame.array(), frame.offset(), end));
                }
              }
            })) {
      WalkBatchWriter out = new WalkBatchWriter(pipeline);
      Random noise = new Random(3);
      for (int i = 0; i < 20; i++) {
        byte[] other = new byte[1 + noise.nextInt(1 << (i + 1))];
        noise.nextBytes(other);
        out.chunk(other, 0, other.length);
        out.chunk(text, 0, text.length);
      }
      out.end();
    }
    assertThat(frames).hasSize(20).allMatch(frame -> Arrays.equals(frame, frames.getFirst()));
    assertThat(frames.getFirst().length).isLessThan(text.length / 50);
  }

  /** Writes without end; whatever ends it is a failure that came from a stage. */
  private void failsWith(
      Supplier<ChunkEncoder> encoders, BackupPipeline.OrderedStage stage, Throwable expected) {
    assertThatThrownBy(
            () -> {
              try (BackupPipeline pipeline =
                  new BackupPipeline(BackupPipelineTest::neverCancelled, 2, encoders, stage)) {
                write(new WalkBatchWriter(pipeline), Integer.MAX_VALUE);
              }
            })
        .isSameAs(expected);
  }

  @Test
  void a_failure_of_the_last_stage_ends_the_walk_as_it_is() {
    BackupStoreException refused = new BackupStoreException(RunResult.REFUSED, "no", null);
    failsWith(encoders(), batch -> throwing(refused), refused);
    IOException disk = new IOException("disk full");
    failsWith(encoders(), batch -> throwing(disk), disk);
    IllegalStateException defect = new IllegalStateException("defect");
    failsWith(encoders(), batch -> throwing(defect), defect);
    OutOfMemoryError memory = new OutOfMemoryError("as if");
    failsWith(encoders(), batch -> throwing(memory), memory);
  }

  private static void throwing(Throwable what) throws IOException, BackupStoreException {
    switch (what) {
      case IOException e -> throw e;
      case BackupStoreException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(what);
    }
  }

  @Test
  void a_failure_of_the_last_stage_at_the_very_end_is_not_lost() {
    IOException disk = new IOException("disk full");
    assertThatThrownBy(
            () -> {
              try (BackupPipeline pipeline =
                  new BackupPipeline(
                      BackupPipelineTest::neverCancelled, 2, encoders(), batch -> throwing(disk))) {
                write(new WalkBatchWriter(pipeline), 1);
              }
            })
        .isSameAs(disk);
  }

  @Test
  void a_worker_that_cannot_start_or_encode_ends_the_walk() throws Exception {
    IllegalStateException defect = new IllegalStateException("defect");
    failsWith(
        () -> {
          throw defect;
        },
        batch -> {},
        defect);
    // A closed index cannot be asked any more.
    index.close();
    assertThatThrownBy(
            () -> {
              try (BackupPipeline pipeline =
                  new BackupPipeline(
                      BackupPipelineTest::neverCancelled, 2, encoders(), batch -> {})) {
                write(new WalkBatchWriter(pipeline), Integer.MAX_VALUE);
              }
            })
        .isInstanceOf(IllegalStateException.class);
    index = new ChunkIndex(null);
  }

  @Test
  void a_walk_that_waits_for_a_stuck_stage_can_be_cancelled() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    AtomicBoolean waited = new AtomicBoolean();
    Runnable cancelling =
        () -> {
          waited.set(true);
          throw new RunCancelledException();
        };
    BackupPipeline.OrderedStage stage =
        batch -> {
          try {
            stuck.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(
            () -> {
              try (BackupPipeline pipeline = new BackupPipeline(cancelling, 2, encoders(), stage)) {
                write(new WalkBatchWriter(pipeline), Integer.MAX_VALUE);
              }
            })
        .isInstanceOf(RunCancelledException.class);
    assertThat(waited).isTrue();
    assertThatThrownBy(
            () -> {
              try (BackupPipeline pipeline = new BackupPipeline(cancelling, 2, encoders(), stage)) {
                write(new WalkBatchWriter(pipeline), 1);
              }
            })
        .isInstanceOf(RunCancelledException.class);
  }

  @Test
  void an_interrupted_walk_is_cancelled_and_stays_interrupted() throws Exception {
    try (BackupPipeline pipeline =
        new BackupPipeline(BackupPipelineTest::neverCancelled, 1, encoders(), batch -> {})) {
      WalkBatchWriter out = new WalkBatchWriter(pipeline);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> write(out, 10)).isInstanceOf(RunCancelledException.class);
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
