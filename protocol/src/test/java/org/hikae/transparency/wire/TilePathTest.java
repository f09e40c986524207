package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths of tiles (HK1-X-03). The examples are those of C2SP tlog-tiles and of the tests of
 * transparency-dev/tessera, {@code api/layout/paths_test.go}.
 */
class TilePathTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 0, 255, tile/0/000.p/255",
    "1, 0, 256, tile/1/000",
    "15, 455667, 256, tile/15/x455/667",
    "3, 1234067, 256, tile/3/x001/x234/067",
    "15, 123456789, 41, tile/15/x123/x456/789.p/41",
    "0, 1234067, 89, tile/0/x001/x234/067.p/89",
    "63, 999999999999999999, 255, tile/63/x999/x999/x999/x999/x999/999.p/255",
    "-1, 0, 8, tile/entries/000.p/8",
    "-1, 255, 253, tile/entries/255.p/253",
    "-1, 123456789, 256, tile/entries/x123/x456/789",
    "0, 1000, 256, tile/0/x001/000"
  })
  void a_tile_has_one_path(int level, long index, int width, String path) throws Exception {
    TilePath tile = new TilePath(level, index, width);
    assertThat(tile.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).isEqualTo(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/x001/x234/067.p/",
        "tile/0/x001/x234/067.p",
        "tile/0/x001/x234/",
        "tile/0/x001/x234",
        "tile/0/x001/",
        "tile/0/x001",
        "tile/1/x001/.p/abc",
        "tile/64/x001/002",
        "tile/-1/x001/002",
        "tile/abc/x001/002",
        "tile/8/001/002",
        "tile/8/x001/0002",
        "tile/8/x001/-002",
        "tile/8/x001/002.p/256",
        "tile/63/x999/x999/x999/x999/x999/x999/999.p/255",
        "tile/00/000",
        "tile/01/000",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/05",
        "tile/0/1",
        "tile/0/0000",
        "tile/0/000.p/1/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile//000",
        "tile/data/000",
        "tile/Entries/000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/../000",
        "tile/0/%30%30%30"
      })
  void anything_else_is_none(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedException.class);
  }

  @Test
  void a_path_that_does_not_end_is_refused_before_it_is_looked_at() {
    assertThatThrownBy(() -> TilePath.parse("tile/0/" + "x001/".repeat(1_000_000) + "000"))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void what_is_read_is_written_the_same() {
    Random random = new Random(TestEffort.seed());
    String letters = "0123456789x/.ptilensr-";
    int read = 0;
    int times = 20_000 * TestEffort.factor();
    for (int i = 0; i < times; i++) {
      StringBuilder path = new StringBuilder("tile/0/x001/234.p/9");
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(path.length());
        path.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
      }
      try {
        assertThat(TilePath.parse(path.toString()).path()).isEqualTo(path.toString());
        read++;
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("none of a tile");
      }
    }
    assertThat(read).isPositive();
  }

  /** The example of C2SP tlog-tiles. */
  @ParameterizedTest
  @CsvSource({
    "0, 272, 70000, 256",
    "0, 273, 70000, 112",
    "1, 0, 70000, 256",
    "1, 1, 70000, 17",
    "2, 0, 70000, 1",
    "0, 0, 256, 256",
    "1, 0, 256, 1",
    "-1, 273, 70000, 112",
    "0, 0, 1, 1",
    "0, 36028797018963967, 9223372036854775807, 255",
    "7, 0, 9223372036854775807, 127"
  })
  void a_log_has_these_tiles(int level, long index, long size, int width) {
    TilePath tile = TilePath.of(level, index, size);
    assertThat(tile.width()).isEqualTo(width);
    assertThat(tile.isFull()).isEqualTo(width == 256);
    assertThat(tile.full()).isEqualTo(new TilePath(level, index, 256));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 274, 70000",
    "1, 2, 70000",
    "2, 1, 70000",
    "3, 0, 70000",
    "1, 0, 255",
    "0, 0, 0",
    "0, -1, 5",
    "0, 0, -5",
    "7, 0, 72057594037927935",
    "8, 0, 9223372036854775807",
    "9, 0, 9223372036854775807",
    "63, 0, 9223372036854775807",
    "0, 36028797018963968, 9223372036854775807",
    "0, 999999999999999999, 9223372036854775807",
    "0, 9223372036854775807, 9223372036854775807"
  })
  void and_no_others(int level, long index, long size) {
    assertThatThrownBy(() -> TilePath.of(level, index, size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-2, 0, 1",
    "64, 0, 1",
    "0, -1, 1",
    "0, 1000000000000000000, 1",
    "0, 0, 0",
    "0, 0, 257"
  })
  void what_no_path_can_say_is_no_tile(int level, long index, int width) {
    assertThatThrownBy(() -> new TilePath(level, index, width))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
