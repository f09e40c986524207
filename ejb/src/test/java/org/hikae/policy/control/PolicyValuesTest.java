package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies may say, and that a refusal names the field (HK1-P-03). */
class PolicyValuesTest {

  @ParameterizedTest
  @EnumSource(PolicyKey.class)
  void what_is_built_in_may_be_said(PolicyKey key) {
    Map<String, Object> sent = Map.of(key.wireName(), key.builtIn());
    PolicyValues values = PolicyValues.sent(sent);
    assertThat(values.get(key)).contains(key.builtIn());
    assertThat(values.named()).isEqualTo(sent);
    assertThat(PolicyValues.parse(values.json())).isEqualTo(values);
  }

  static Stream<Object> numbersOutOfBounds() {
    return Stream.of(
        -1,
        -1L,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        BigInteger.TWO.pow(64),
        3.5,
        "30",
        true,
        List.of(30));
  }

  @ParameterizedTest
  @MethodSource("numbersOutOfBounds")
  void a_number_out_of_bounds_or_no_number_is_refused_by_name(Object value) {
    refused(Map.of("holdDays", value), "values.holdDays must be a whole number from 0 to 3650");
    refused(Map.of("retentionWeekly", value), "values.retentionWeekly must be a whole number");
    refused(Map.of("quotaNoticePercent", value), "values.quotaNoticePercent must be");
  }

  @Test
  void a_null_inherits_nothing_and_is_refused_by_name() {
    refused(Collections.singletonMap("holdDays", null), "values.holdDays must be a whole number");
    refused(Collections.singletonMap("showsLegalHold", null), "values.showsLegalHold must be true");
  }

  @Test
  void a_flag_is_true_or_false() {
    refused(Map.of("showsLegalHold", "true"), "values.showsLegalHold must be true or false");
    refused(Map.of("showsLegalHold", 1), "values.showsLegalHold must be true or false");
  }

  @Test
  void bounds_belong_to_what_may_be_said() {
    assertThat(PolicyValues.sent(Map.of("holdDays", 0, "quotaBytes", 1L << 50)).named()).hasSize(2);
    refused(Map.of("quotaBytes", (1L << 50) + 1), "values.quotaBytes must be");
    refused(Map.of("quotaNoticePercent", 0), "values.quotaNoticePercent must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holddays", "HOLD_DAYS", "", "hold days", "retention"})
  void an_unknown_key_is_refused(String name) {
    refused(Map.of(name, 1), "is not a policy value");
  }

  @Test
  void a_strange_key_is_not_repeated() {
    refused(Map.of("<script>", 1), "values.? is not a policy value.");
    refused(Map.of("holdDayz", 1), "values.holdDayz is not a policy value.");
  }

  @Test
  void a_whole_number_is_taken_at_its_bounds_in_both_forms() {
    PolicyValueKind.Whole kind = new PolicyValueKind.Whole("days", 5, 9);
    for (Object sent : List.of(5, 5L, 9, 9L)) {
      assertThat(kind.read("f", sent)).isEqualTo(((Number) sent).longValue());
    }
    for (Object sent : List.of(4, 4L, 10, 10L)) {
      assertThatThrownBy(() -> kind.read("f", sent)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void values_are_equal_when_they_set_the_same() {
    PolicyValues one = PolicyValues.sent(Map.of("holdDays", 5));
    assertThat(one)
        .isEqualTo(PolicyValues.sent(Map.of("holdDays", 5L)))
        .hasSameHashCodeAs(PolicyValues.sent(Map.of("holdDays", 5L)))
        .isNotEqualTo(PolicyValues.sent(Map.of("holdDays", 6)))
        .isNotEqualTo("{\"holdDays\":5}")
        .hasToString("{\"holdDays\":5}")
        .doesNotHaveSameHashCodeAs(PolicyValues.sent(Map.of("holdDays", 6)));
    assertThat(one.isEmpty()).isFalse();
    assertThat(PolicyValues.NONE.isEmpty()).isTrue();
  }

  @Test
  void the_employees_own_policy_comes_before_groups_by_their_rank_and_then_the_default() {
    PolicyStatement unranked =
        new PolicyStatement(
            new PolicyScopeId.Group("/a"), 1, null, PolicyValues.NONE, PolicyFixture.START);
    assertThat(
            Stream.of(
                    PolicyFixture.employee(1, Map.of()),
                    PolicyFixture.group("/a", 7, Map.of()),
                    unranked,
                    PolicyFixture.everybody(Map.of()))
                .map(PolicyStatement::precedence))
        .containsExactly(0, 7, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
  }

  @Test
  void equal_values_give_equal_text() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("holdDays", 5);
    one.put("heldBytes", 7L);
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("heldBytes", 7);
    other.put("holdDays", 5L);
    assertThat(PolicyValues.sent(one).json())
        .isEqualTo(PolicyValues.sent(other).json())
        .isEqualTo("{\"heldBytes\":7,\"holdDays\":5}");
  }

  @Test
  void a_key_of_a_later_portal_is_passed_over() {
    assertThat(PolicyValues.parse("{\"holdDays\":5,\"someday\":[1]}").named())
        .isEqualTo(Map.of("holdDays", 5L));
  }

  @Test
  void a_change_reads_as_it_was_written() {
    PolicyChange change =
        new PolicyChange(
            new PolicyScopeId.Group("/営業/\"x\""),
            3,
            7,
            PolicyValues.sent(Map.of("holdDays", 9)),
            "Because of \"x\"");
    assertThat(PolicyChange.parse(change.text(PolicyValues.NONE))).isEqualTo(change);
    assertThat(change.text(PolicyValues.sent(Map.of("holdDays", 30))))
        .contains("\"values\":{\"holdDays\":9},\"was\":{\"holdDays\":30}");
    PolicyChange removal =
        new PolicyChange(new PolicyScopeId.Everybody(), 1, null, PolicyValues.NONE, null);
    assertThat(PolicyChange.parse(removal.text(PolicyValues.sent(Map.of("holdDays", 9)))))
        .isEqualTo(removal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "group/sales", "group/sales/emea", "employee/42"})
  void a_scope_has_one_name(String text) {
    assertThat(PolicyScopeId.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DEFAULT",
        "default/",
        "group",
        "group/",
        "group//a",
        "groups/a",
        "group/a/",
        "group/a\u0000",
        "employee/",
        "employee/0",
        "employee/07",
        "employee/-1",
        "employee/x",
        "employee/99999999999999999999"
      })
  void anything_else_is_no_scope(String text) {
    assertThatThrownBy(() -> PolicyScopeId.parse(text))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED));
  }

  private static void refused(Map<String, Object> sent, String reason) {
    assertThatThrownBy(() -> PolicyValues.sent(new HashMap<>(sent)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED);
              assertThat(refusal.reason()).contains(reason);
            });
  }
}
