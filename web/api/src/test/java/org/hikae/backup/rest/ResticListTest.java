package org.hikae.backup.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.hikae.backup.restic.boundary.ResticQueries.Entry;
import org.hikae.backup.wire.ResticType;
import org.junit.jupiter.api.Test;

/** Lists as restic reads them, to the letter, and as the agent does (HK1-G-13). */
class ResticListTest {

  private static final String V1 = "application/vnd.x.restic.rest.v1";
  private static final String V2 = "application/vnd.x.restic.rest.v2";

  /** Three entries in two pages. */
  private static List<Entry> pages(long after) {
    return switch ((int) after) {
      case 0 -> List.of(new Entry(4, "aa", 1), new Entry(7, "bb", 22));
      case 7 -> List.of(new Entry(9, "cc", 0));
      default -> List.of();
    };
  }

  private static String written(ResticList list) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    list.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void version_1_has_names_and_is_what_nobody_asked_otherwise() throws IOException {
    for (String accept : new String[] {V1, "", "*/*", null, V2 + ", " + V1}) {
      ResticList list = ResticList.of(accept, null, ResticListTest::pages);
      assertThat(list.mediaType()).hasToString(V1);
      assertThat(written(list)).isEqualTo("[\"aa\",\"bb\",\"cc\"]");
    }
  }

  @Test
  void version_2_has_lengths() throws IOException {
    ResticList list = ResticList.of(V2, null, ResticListTest::pages);
    assertThat(list.mediaType()).hasToString(V2);
    assertThat(written(list))
        .isEqualTo(
            "[{\"name\":\"aa\",\"size\":1},{\"name\":\"bb\",\"size\":22},{\"name\":\"cc\",\"size\":0}]");
  }

  @Test
  void a_page_begins_behind_a_place_and_says_where_the_next_one_does() throws IOException {
    assertThat(written(ResticList.of(V2, 7L, ResticListTest::pages)))
        .isEqualTo("[{\"name\":\"cc\",\"size\":0,\"place\":9}]");
    assertThat(written(ResticList.of(V2, 9L, ResticListTest::pages))).isEqualTo("[]");
  }

  @Test
  void a_page_ends_where_the_next_one_begins() throws IOException {
    LongFunction<List<Entry>> endless =
        after ->
            LongStream.range(after, after + 1000).mapToObj(i -> new Entry(i + 1, "aa", 1)).toList();
    String page = written(ResticList.of(V2, 5L, endless));
    assertThat(page.split("name", -1)).hasSize(1 + ResticType.LIST_PAGE);
    assertThat(page).endsWith("\"place\":" + (5 + ResticType.LIST_PAGE) + "}]");
  }

  @Test
  void nothing_is_an_empty_array() throws IOException {
    assertThat(written(ResticList.of(V2, null, _ -> List.of()))).isEqualTo("[]");
  }

  @Test
  void a_page_that_cannot_be_read_leaves_no_whole_array() {
    LongFunction<List<Entry>> broken =
        after -> {
          if (after > 0) {
            throw new IllegalStateException("gone");
          }
          return pages(after);
        };
    ResticList list = ResticList.of(V1, null, broken);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> list.writeTo(out)).isInstanceOf(IllegalStateException.class);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("]");
    assertThatThrownBy(
            () ->
                ResticList.of(
                    V1,
                    null,
                    _ -> {
                      throw new IllegalStateException("refused");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
