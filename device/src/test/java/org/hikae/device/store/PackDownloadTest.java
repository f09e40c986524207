package org.hikae.device.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** HK1-R-11: damage may be of the transfer, but not of every transfer. */
class PackDownloadTest {

  private static final byte[] PACK = {1, 2, 3};
  private static final Hash256 NAME = Hash256.sha256(PACK);

  private final InMemoryBackupStore memory = new InMemoryBackupStore(new byte[16]);
  private final InstrumentedBackupStore store = new InstrumentedBackupStore(memory);

  @Test
  void what_is_not_what_its_name_says_is_fetched_once_more_and_not_again() throws Exception {
    memory.objects().put(NAME, new byte[] {1, 2, 4});
    PackDownload fetched = PackDownload.fetch(store, NAME);
    assertThat(fetched.sound()).isFalse();
    assertThat(fetched.received()).isEqualTo(2L * PACK.length);
    assertThat(store.gets()).containsEntry(NAME, 2);
  }

  @Test
  void an_array_of_the_pool_may_be_longer_than_the_pack() throws Exception {
    BufferPool pool = new BufferPool(100);
    byte[] longer = {9, 9, 9, 9, 9};
    pool.give(longer);
    memory.put(NAME, PACK);
    PackDownload fetched = PackDownload.fetch(memory, NAME, pool);
    assertThat(fetched.object()).isSameAs(longer).startsWith(PACK);
    assertThat(fetched.length()).isEqualTo(PACK.length);
    assertThat(fetched.sound()).isTrue();
    assertThat(fetched.received()).isEqualTo(PACK.length);
    assertThat(PackDownload.fetch(memory, NAME).object()).isEqualTo(PACK);
  }

  @Test
  void what_is_right_the_second_time_is_taken() throws Exception {
    memory.put(NAME, PACK);
    store.reading((name, object) -> store.gets().get(name) == 1 ? new byte[3] : object);
    PackDownload fetched = PackDownload.fetch(store, NAME);
    assertThat(fetched.sound()).isTrue();
    assertThat(fetched.object()).isEqualTo(PACK);
  }
}
