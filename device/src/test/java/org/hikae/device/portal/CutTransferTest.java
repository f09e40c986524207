package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.hikae.device.http.CuttingProxy;
import org.hikae.device.store.BackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The connection is cut at every 64 KiB of a pack of 8 MiB, once while it is sent and once while it
 * is fetched: the call is sent again and ends well, and the portal never keeps a part. Budget: 15
 * seconds.
 */
@Timeout(120)
@EveryThirdRun
class CutTransferTest {

  private static final int PACK_BYTES = 8 * 1024 * 1024;

  /** A short run cuts at fewer places, none of them on a boundary of blocks. */
  private static final int STEP_BYTES =
      TestScope.ofThisRun().takesAllOf(CutTransferTest.class) ? 64 * 1024 : 500_000;

  private final byte[] pack = new byte[PACK_BYTES];
  private FakePortal portal;
  private CuttingProxy network;
  private BackupStore store;

  @BeforeEach
  void start() throws Exception {
    new Random(7).nextBytes(pack);
    portal = new FakePortal();
    network =
        new CuttingProxy(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.uri().getPort()), 0);
    store = new PortalBackupStore(portal.clientBy(network.port()));
    // The session is opened before anything is cut.
    assertThat(store.missing(List.of(Hash256.ZERO))).hasSize(1);
  }

  @AfterEach
  void stop() throws Exception {
    network.close();
    portal.close();
  }

  @Test
  void a_pack_that_is_cut_anywhere_is_sent_again_and_stored_whole() throws Exception {
    int cuts = 0;
    for (int at = 0; at <= PACK_BYTES; at += STEP_BYTES) {
      // Another name each time, as the agent never sends a pack that is stored.
      pack[0]++;
      pack[1] += (byte) (pack[0] == 0 ? 1 : 0);
      Hash256 name = Hash256.sha256(pack);
      network.cutOnceAfterSending(at);
      store.put(name, pack);
      cuts++;
      assertThat(network.cuts()).as("cut at %s", at).isEqualTo(cuts);
      assertThat(portal.memory().objects().remove(name)).as("cut at %s", at).isEqualTo(pack);
      assertThat(portal.memory().objects()).as("cut at %s", at).isEmpty();
    }
    assertThat(cuts).isEqualTo(PACK_BYTES / STEP_BYTES + 1);
  }

  @Test
  void a_pack_whose_answer_is_cut_is_sent_again_and_stored_once() throws Exception {
    Hash256 name = Hash256.sha256(pack);
    network.cutOnceAfterReceiving(0);
    store.put(name, pack);
    assertThat(network.cuts()).isEqualTo(1);
    assertThat(portal.memory().puts()).isEqualTo(2);
    assertThat(portal.memory().objects()).containsOnlyKeys(name);
  }

  @Test
  void a_pack_that_is_cut_anywhere_is_fetched_again_whole() throws Exception {
    Hash256 name = Hash256.sha256(pack);
    store.put(name, pack);
    int cuts = 0;
    for (int at = 0; at <= PACK_BYTES; at += STEP_BYTES) {
      network.cutOnceAfterReceiving(at);
      assertThat(store.get(name)).as("cut at %s", at).isEqualTo(pack);
      cuts++;
      assertThat(network.cuts()).as("cut at %s", at).isEqualTo(cuts);
    }
  }
}
