package org.hikae.device.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.hikae.backup.wire.ResticType;
import org.hikae.device.AgentException;
import org.hikae.device.restic.ImportObjectTable.State;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** What an import remembers of names: exactly, and in little memory. */
class ImportObjectTableTest {

  /** Half of the agent's heap. */
  private static final long MOST_BYTES = 112L * 1024 * 1024;

  private final Random random = new Random(20261127);

  private Hash256 name() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Hash256.of(bytes);
  }

  @Test
  void an_object_only_goes_on() throws AgentException {
    ImportObjectTable names = new ImportObjectTable();
    Hash256 name = name();
    assertThat(names.of(name, 5)).isEqualTo(State.UNKNOWN);
    names.confirmed(name, 5);
    assertThat(names.of(name, 5)).as("not seen").isEqualTo(State.UNKNOWN);
    names.listed(name, 5);
    names.confirmed(name, 5);
    assertThat(names.of(name, 5)).as("not seen").isEqualTo(State.LISTED);
    names.seen(name, 5);
    names.listed(name, 5);
    assertThat(names.of(name, 5)).isEqualTo(State.SEEN);
    names.confirmed(name, 5);
    names.seen(name, 5);
    assertThat(names.of(name, 5)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void another_length_or_any_other_bit_of_what_is_kept_is_another_object() throws AgentException {
    ImportObjectTable names = new ImportObjectTable();
    Hash256 name = name();
    names.seen(name, 5);
    for (long size : new long[] {0, 4, 6, 5 + (1 << 27), ResticType.MAX_OBJECT_BYTES}) {
      assertThat(names.of(name, size)).isEqualTo(State.UNKNOWN);
    }
    for (int at : new int[] {0, 8, 11, 15, 17, 19}) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] other = name.toBytes();
        other[at] ^= (byte) (1 << bit);
        assertThat(names.of(Hash256.of(other), 5)).as("%d.%d", at, bit).isEqualTo(State.UNKNOWN);
      }
    }
  }

  @Test
  void a_length_that_no_object_has_is_passed_over() throws AgentException {
    ImportObjectTable names = new ImportObjectTable();
    Hash256 name = name();
    names.listed(name, 5 + (1L << 32));
    assertThat(names.of(name, 5)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void five_million_fit_half_of_the_agents_heap_and_none_is_lost() throws AgentException {
    ImportObjectTable names = new ImportObjectTable();
    for (int i = 0; i < ImportObjectTable.MAX_OBJECTS; i++) {
      names.listed(numbered(i), i);
    }
    assertThat(names.bytes()).isLessThan(MOST_BYTES);
    for (int i = 0; i < ImportObjectTable.MAX_OBJECTS; i += 97) {
      assertThat(names.of(numbered(i), i)).isEqualTo(State.LISTED);
      assertThat(names.of(numbered(i), i + 1)).isEqualTo(State.UNKNOWN);
    }
    names.seen(numbered(3), 3);
    assertThatThrownBy(() -> names.seen(numbered(-1), 3)).isInstanceOf(AgentException.class);
  }

  @Test
  void what_is_beyond_the_limit_is_refused_and_what_is_known_is_not() throws AgentException {
    ImportObjectTable names = new ImportObjectTable(3);
    for (int i = 0; i < 3; i++) {
      names.listed(numbered(i), 9);
    }
    names.seen(numbered(2), 9);
    assertThatThrownBy(() -> names.listed(numbered(3), 9))
        .isInstanceOf(AgentException.class)
        .hasMessage("restic.import.too-many");
  }

  /** As even as a hash, and faster. */
  private static Hash256 numbered(int number) {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    long mixed = number;
    for (int i = 0; i < 4; i++) {
      mixed = (mixed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
      mixed ^= mixed >>> 29;
      bytes.putLong(mixed);
    }
    return Hash256.of(bytes.array());
  }
}
