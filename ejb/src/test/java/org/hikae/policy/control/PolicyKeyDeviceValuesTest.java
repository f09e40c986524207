package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.policy.control.PolicyFixture.everybody;
import static org.hikae.policy.control.PolicyFixture.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hikae.policy.view.AllowedKeyMethods;
import org.hikae.policy.wire.AgentVersionOrder;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that devices follow: their forms and bounds (HK1-P-03, HK1-P-13, HK1-P-15). */
class PolicyKeyDeviceValuesTest {

  private static Object read(String name, Object value) {
    return PolicyValues.sent(Map.of(name, value)).named().get(name);
  }

  private static void refused(String name, Object value) {
    assertThatThrownBy(() -> read(name, value))
        .as("%s", value)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("values." + name);
  }

  @Test
  void folders_are_absolute_or_below_the_home() {
    List<String> folders = List.of("~", "~/Documents", "/srv/営業/x", "/");
    assertThat(read("backupInclude", folders)).isEqualTo(folders);
    assertThat(read("backupInclude", List.of("~/a", "~/a"))).isEqualTo(List.of("~/a"));
    assertThat(read("backupInclude", List.of())).isEqualTo(List.of());
    for (String wrong :
        List.of("Documents", "~ann", "~/../x", "/a/./b", "/a/..", "", " ", "~/a\nb", "/\ud800")) {
      refused("backupInclude", List.of(wrong));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "**", "/", "/*", "/**", "?", "*.*", "!keep", "#note", "", "a\u0000"})
  void a_pattern_that_leaves_everything_out_or_takes_in_is_refused(String pattern) {
    refused("backupExclude", List.of(pattern));
  }

  @Test
  void lists_are_bounded() {
    assertThat(read("backupExclude", List.of("*.iso", "node_modules/")))
        .isEqualTo(List.of("*.iso", "node_modules/"));
    refused("backupExclude", "*.iso");
    refused("backupExclude", List.of(1));
    refused("backupExclude", Collections.singletonList(null));
    refused("backupExclude", List.of("x".repeat(TextListValueKind.MAX_CHARS + 1)));
    refused("backupExclude", List.of("a\udfff"));
    List<String> most = IntStream.range(0, 100).mapToObj(i -> "p" + i).toList();
    assertThat(read("backupExclude", most)).isEqualTo(most);
    String longest = "x".repeat(TextListValueKind.MAX_CHARS);
    assertThat(read("backupExclude", List.of(longest))).isEqualTo(List.of(longest));
    refused("backupExclude", IntStream.range(0, 101).mapToObj(i -> "p" + i).toList());
    refused("backupExclude", IntStream.range(0, 20).mapToObj(i -> i + "p".repeat(200)).toList());
  }

  @Test
  void a_list_is_bounded_as_the_json_that_it_becomes() {
    // Each text with its quotes and a comma, and two brackets.
    List<String> full =
        IntStream.range(0, 12)
            .mapToObj(i -> (char) ('a' + i) + "p".repeat(i < 11 ? 246 : 245))
            .toList();
    assertThat(TextListValueKind.patterns().write(full).toString())
        .hasSize(TextListValueKind.MAX_JSON_CHARS);
    assertThat(read("backupExclude", full)).isEqualTo(full);
    List<String> more = new ArrayList<>(full);
    more.set(0, full.getFirst() + "p");
    refused("backupExclude", more);
  }

  @Test
  void everything_at_its_longest_fits_the_column() {
    List<String> list = IntStream.range(0, 14).mapToObj(i -> "/" + i + "p".repeat(200)).toList();
    Map<String, Object> sent = new java.util.HashMap<>();
    for (PolicyKey key : PolicyKey.values()) {
      sent.put(key.wireName(), key.kind() instanceof TextListValueKind ? list : key.builtIn());
    }
    PolicyValues values = PolicyValues.sent(sent);
    assertThat(values.json().length()).isBetween(5500, 8000);
    assertThat(PolicyValues.parse(values.json())).isEqualTo(values);
  }

  @Test
  void words_versions_and_rates_have_bounds() {
    assertThat(read("keyMethods", "BOTH")).isEqualTo("BOTH");
    refused("keyMethods", "NONE");
    refused("keyMethods", 1);
    assertThat(read("minAgentVersion", "1.4.2")).isEqualTo("1.4.2");
    for (Object wrong : List.of("", "1.", "v1", "1.2.3.4", "1-SNAPSHOT", 1, "1234567")) {
      refused("minAgentVersion", wrong);
    }
    refused("uploadBytesPerSecond", 65_535);
    refused("passwordMinCharacters", 11);
    refused("maxDevices", 0);
    refused("backupEveryHours", 25);
  }

  @Test
  void a_list_comes_whole_from_the_scope_that_decides() {
    PolicyStatement all = everybody(Map.of("backupExclude", List.of("*.iso"), "maxDevices", 3));
    PolicyStatement sales = group("/sales", 1, Map.of("backupExclude", List.of("*.mp4")));
    EffectiveValues effective = EffectiveValues.of(7, Set.of("/sales"), List.of(all, sales));
    assertThat(effective.get(PolicyKey.BACKUP_EXCLUDE).value()).isEqualTo(List.of("*.mp4"));
    assertThat(effective.get(PolicyKey.BACKUP_EXCLUDE).from()).isEqualTo(sales);
    assertThat(effective.number(PolicyKey.MAX_DEVICES)).isEqualTo(3);
    Map<Long, Set<String>> people = Map.of(7L, Set.of("/sales"), 8L, Set.of());
    PolicyImpact policyImpact =
        PolicyImpact.of(
            new PolicyScopeId.Group("/sales"), List.of(all), List.of(all, sales), people);
    assertThat(policyImpact.affected()).isEqualTo(1);
    assertThat(policyImpact.weakens()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0,1,false",
    "1.0.0-SNAPSHOT,1.0.0,false",
    "1.0.0,1.0.1,true",
    "1.9,1.10,true",
    "2,1.10.5,false",
    "0.9.9,1,true",
    "unknown,0,false",
    "unknown,1,true",
    "'',0.0.1,true",
    "9999999,1,true"
  })
  void versions_are_compared_number_by_number(String version, String minimum, boolean older) {
    assertThat(AgentVersionOrder.isOlder(version, minimum)).isEqualTo(older);
  }

  @Test
  void a_method_is_allowed_or_not_and_enough_or_not() {
    assertThat(AllowedKeyMethods.PASSWORD.allows("DIGIT_KEY")).isFalse();
    assertThat(AllowedKeyMethods.DIGIT_KEY.allows("PASSWORD_VAULT")).isFalse();
    for (AllowedKeyMethods methods : AllowedKeyMethods.values()) {
      assertThat(methods.allows("CHAIN")).isTrue();
      assertThat(methods.suffice(Set.of())).isFalse();
      assertThat(methods.suffice(Set.of("PASSWORD_VAULT", "DIGIT_KEY"))).isTrue();
    }
    assertThat(AllowedKeyMethods.BOTH.suffice(Set.of("DIGIT_KEY"))).isFalse();
    assertThat(AllowedKeyMethods.ANY.suffice(Set.of("DIGIT_KEY"))).isTrue();
  }
}
