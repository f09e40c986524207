package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeFilter.Order;
import org.hikae.insight.value.EmployeeKeyset;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

/** A client may send anything as a cursor. */
class EmployeeCursorTest {

  private static final EmployeeFilter BY_NAME = filter(Order.NAME, false);
  private static final EmployeeFilter BY_LAST_RUN = filter(Order.LAST_RUN, true);

  @Test
  void a_cursor_leads_back_to_its_place() {
    for (EmployeeKeyset place :
        List.of(new EmployeeKeyset("さとう: a", 7), new EmployeeKeyset("", Long.MAX_VALUE))) {
      String cursor = EmployeeCursor.of(BY_NAME, place);
      assertThat(cursor).matches("[A-Za-z0-9_-]+");
      assertThat(EmployeeCursor.place(BY_NAME, cursor)).isEqualTo(place);
    }
    for (EmployeeKeyset place :
        List.of(
            new EmployeeKeyset(Instant.parse("2026-11-30T09:00:00.000001Z"), 1),
            new EmployeeKeyset(null, 2))) {
      assertThat(EmployeeCursor.place(BY_LAST_RUN, EmployeeCursor.of(BY_LAST_RUN, place)))
          .isEqualTo(place);
    }
  }

  @Test
  void there_is_none_where_there_is_no_place() {
    assertThat(EmployeeCursor.of(BY_NAME, null)).isNull();
    assertThat(EmployeeCursor.place(BY_NAME, null)).isNull();
  }

  @Test
  void a_cursor_of_another_order_is_refused() {
    String cursor = EmployeeCursor.of(BY_NAME, new EmployeeKeyset("a", 7));
    for (EmployeeFilter other : List.of(filter(Order.NAME, true), filter(Order.DEVICES, false))) {
      assertRefused(other, cursor);
    }
  }

  @Test
  void what_no_page_gave_is_refused() {
    for (String text :
        List.of("", "NAME+", "NAME+7", "NAME+:a", "NAME+x:a", "NAME+7:\u0000", "STANDING+7:?")) {
      assertRefused(BY_NAME, encoded(text));
    }
    assertRefused(BY_NAME, "%");
    assertRefused(BY_LAST_RUN, encoded("LAST_RUN-7:-1"));
    assertRefused(BY_LAST_RUN, encoded("LAST_RUN-7:" + Long.MAX_VALUE));
  }

  @Test
  void the_longest_name_has_a_cursor_and_nothing_longer_is_looked_at() {
    EmployeeKeyset longest = new EmployeeKeyset("𠮷".repeat(255), Long.MAX_VALUE);
    String cursor = EmployeeCursor.of(BY_NAME, longest);
    assertThat(EmployeeCursor.place(BY_NAME, cursor)).isEqualTo(longest);

    String fitting = encoded("NAME+7:" + "a".repeat(1118));
    assertThat(fitting).hasSize(1500);
    assertThat(EmployeeCursor.place(BY_NAME, fitting)).isNotNull();
    assertRefused(BY_NAME, encoded("NAME+7:" + "a".repeat(1119)));
  }

  private static void assertRefused(EmployeeFilter filter, String cursor) {
    assertThatThrownBy(() -> EmployeeCursor.place(filter, cursor))
        .as(cursor)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cursor");
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EmployeeFilter filter(Order order, boolean descending) {
    return new EmployeeFilter("", null, null, null, order, descending);
  }
}
