package org.hikae.device.restore.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

class PackQueueTest {

  private static final Hash256 NAME = Hash256.sha256("pack".getBytes(StandardCharsets.US_ASCII));
  private static final int SEALED = 1000;

  private final List<PackBytes> reused = new ArrayList<>();
  private final PackQueue queue = new PackQueue(reused::add);

  private static ChunkRef ref(int number) {
    return new ChunkRef(0, new PackEntry(number, 100 + number * SEALED, SEALED), 900, NAME);
  }

  /** Nothing here opens it. */
  @SuppressWarnings({"DataFlowIssue", "NullAway"})
  private static PackBytes bytes() {
    return new PackBytes(null, new byte[3 * SEALED], 100, false);
  }

  private PackRequest expected(ChunkRequest first, int... numbers) throws Exception {
    PackUsage usage = new PackUsage();
    for (int number : numbers) {
      usage.add(NAME, ref(number));
    }
    queue.expect(usage);
    queue.want(NAME, first);
    queue.batchEnded(true);
    PackRequest pack = queue.next(0);
    assertThat(pack).isNotNull();
    return pack;
  }

  /** The chunk that was wanted in it before waits for nothing else. */
  @Test
  void a_pack_whose_part_did_not_do_is_fetched_for_what_was_wanted_meanwhile() throws Exception {
    ChunkRequest first = new ChunkRequest(ref(0), 0);
    PackRequest pack = expected(first, 0, 1, 2);
    assertThat(queue.range(pack)).isInstanceOf(PackFetchThreads.FetchRange.PartRange.class);
    queue.arrivedPart(pack, bytes());
    queue.fetchEnded(pack);
    queue.want(NAME, new ChunkRequest(ref(1), 900));
    assertThat(queue.next(0)).as("the part is at hand").isNull();

    queue.wantAgain(pack, List.of());
    assertThat(queue.next(0)).isSameAs(pack);
    assertThat(queue.range(pack)).isInstanceOf(PackFetchThreads.FetchRange.WholePack.class);
  }

  @Test
  void a_part_stays_for_its_last_use_that_was_asked_for_while_it_was_fetched() throws Exception {
    PackRequest pack = expected(new ChunkRequest(ref(0), 0), 0, 1);
    queue.range(pack);
    queue.want(NAME, new ChunkRequest(ref(1), 900));
    assertThat(queue.isNeededLater(pack)).isFalse();
    assertThat(queue.isPartNeeded(pack)).isTrue();
  }

  /** Where the last uses have come, packs are no longer let go after each. */
  @Test
  void what_is_asked_for_after_all_that_was_counted_keeps_packs_in_memory() throws Exception {
    ChunkRequest first = new ChunkRequest(ref(0), 0);
    PackRequest pack = expected(first, 0);
    pack.takeAll();
    queue.arrived(pack, bytes());
    queue.expectNothing();
    queue.settle(pack);
    assertThat(pack.held()).isNotNull();
    assertThat(reused).isEmpty();
  }

  @Test
  void an_array_that_is_still_written_to_the_spool_is_not_given_away() throws Exception {
    PackRequest pack = expected(new ChunkRequest(ref(0), 0), 0, 1);
    pack.takeAll();
    PackBytes before = bytes();
    queue.arrived(pack, bytes());
    pack.evicting(true);
    queue.left(pack, before, null);
    assertThat(reused).isEmpty();
    assertThat(pack.held()).isNotNull();
  }
}
