package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.hikae.device.keys.PasswordException.PasswordProblem;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/**
 * HK1-K-17: a password can be entered wherever it was chosen. Held against
 * docs/spec/vectors/unicode.json, made by unicode.py beside it.
 */
class PasswordCharactersTest {

  private static final SpecVectors ALL = SpecVectors.of("unicode.json");

  private static List<String> texts(String name) {
    return ALL.at(name).node().valueStream().map(JsonNode::textValue).toList();
  }

  private static IntStream codePoints(String name) {
    return texts(name).stream().mapToInt(text -> Integer.parseInt(text, 16));
  }

  private static BitSet assigned() {
    BitSet assigned = new BitSet();
    for (String range : texts("assigned")) {
      List<String> ends = List.of(range.split("\\.\\.", -1));
      assigned.set(Integer.parseInt(ends.getFirst(), 16), Integer.parseInt(ends.getLast(), 16) + 1);
    }
    return assigned;
  }

  private static String with(int codePoint) {
    return "plover gasket " + Character.toString(codePoint) + " umbrage ninth";
  }

  @Test
  void a_new_password_has_what_is_assigned_in_one_version() {
    BitSet assigned = assigned();
    assertThat(assigned.cardinality()).isEqualTo((int) ALL.number("count"));
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertThat(AssignedCharacters.contains(c)).as("%04X", c).isEqualTo(assigned.get(c));
    }
  }

  @Test
  void what_is_assigned_there_is_normalised_the_same_here() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    assigned().stream()
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(
            c -> {
              String text = "a" + Character.toString(c) + "b";
              String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
              all.writeBytes(normal.getBytes(StandardCharsets.UTF_8));
            });
    assertThat(Hash256.sha256(all.toByteArray())).isEqualTo(ALL.hash("nfkc"));
  }

  @Test
  void the_blanks_are_those_of_the_list() {
    List<Integer> here =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) == Character.SPACE_SEPARATOR)
            .boxed()
            .toList();
    assertThat(here).isEqualTo(codePoints("blanks").boxed().toList());
  }

  @Test
  void control_characters_and_half_pairs_are_none() {
    codePoints("refused")
        .forEach(
            c ->
                assertThatThrownBy(() -> PasswordRules.normalise(with(c)))
                    .as("%04X", c)
                    .isInstanceOfSatisfying(
                        PasswordException.class,
                        e -> assertThat(e.problem()).isEqualTo(PasswordProblem.CHARACTER)));
  }

  @Test
  void what_not_everybody_knows_is_entered_and_not_chosen() throws Exception {
    assertThat(ALL.at("refusedWhenNew").node()).isNotEmpty();
    for (JsonNode each : ALL.at("refusedWhenNew").node()) {
      String why = each.required("why").textValue();
      String typed = with(Integer.parseInt(each.required("codePoint").textValue(), 16));
      assertThatThrownBy(() -> PasswordRules.choose(typed))
          .as(why)
          .isInstanceOfSatisfying(
              PasswordException.class,
              e -> assertThat(e.problem()).isEqualTo(PasswordProblem.CHARACTER));
      byte[] entered = PasswordRules.normalise(typed).expose();
      assertThat(new String(entered, StandardCharsets.UTF_8)).as(why).isEqualTo(typed);
    }
  }
}
