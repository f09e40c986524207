package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.restore.Restore;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.run.ProgressListener;
import org.junit.jupiter.api.Test;

/** HK1-C-07: what the portal learns from the parts of packs that it is asked for. */
class PackRangePrivacyTest {

  private static final int BUCKET = 64 * 1024;

  private final SecureRandom random = new SecureRandom();

  @Test
  void no_range_tells_where_a_chunk_lies_or_how_long_it_is() throws Exception {
    List<String> ranges = new CopyOnWriteArrayList<>();
    try (FakePortal portal = new FakePortal();
        TemporaryTree tree = new TemporaryTree();
        BackupKey key = BackupKey.generate(new byte[16], 1, random)) {
      portal.misbehave(
          exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null) {
              ranges.add(range);
            }
            return false;
          });
      Path source = Files.createDirectory(tree.place().resolve("source"));
      Random noise = new Random(3);
      for (int i = 0; i < 30; i++) {
        byte[] bytes = new byte[10_000 + 7_321 * i];
        noise.nextBytes(bytes);
        Files.write(source.resolve("file " + i), bytes);
      }
      PortalBackupStore store = new PortalBackupStore(portal.client());
      byte[] device = portal.device().deviceId();
      SnapshotView made =
          new Backup(store, key, device, null, Clock.systemUTC(), random)
              .run(BackupFixture.request(tree.path("source")), ProgressListener.NONE)
              .snapshot();
      for (int i = 0; i < 30; i += 7) {
        RestoreRequest request =
            new RestoreRequest(
                made,
                tree.path("source/file " + i),
                tree.path("target " + i),
                OverwriteMode.REFUSE);
        assertThat(new Restore(store, key).run(request, ProgressListener.NONE).result())
            .isEqualTo(RunResult.SUCCESS);
      }
    }
    assertThat(ranges).isNotEmpty();
    for (String each : ranges) {
      String[] ends = each.substring("bytes=".length()).split("-", -1);
      assertThat(Long.parseLong(ends[0]) % BUCKET).as(each).isZero();
      assertThat((Long.parseLong(ends[1]) + 1) % BUCKET).as(each).isZero();
    }
  }
}
