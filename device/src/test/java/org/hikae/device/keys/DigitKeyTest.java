package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.hikae.device.keys.DigitKeyException.DigitKeyProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-K-06 to HK1-K-08. */
class DigitKeyTest {

  private static final String KNOWN =
      "1234567890123454 1234567890123452 1234567890123451 1234567890123453";

  private final SecureRandom random = new SecureRandom();

  private static String text(DigitKey key) {
    return String.join("\n", key.rows());
  }

  private static String digits(DigitKey key) {
    return new String(key.secret().expose(), StandardCharsets.US_ASCII);
  }

  /** The digits with the check digit of each row made right. */
  private static String withChecks(String fifteenEach) {
    StringBuilder made = new StringBuilder();
    for (int row = 1; row <= 4; row++) {
      int interim = row;
      String data = fifteenEach.substring(15 * (row - 1), 15 * row);
      for (int i = 0; i < data.length(); i++) {
        interim = DammCheckDigit.step(interim, data.charAt(i) - '0');
      }
      made.append(data).append(interim);
    }
    return made.toString();
  }

  @Test
  void what_is_shown_reads_back() throws Exception {
    for (int i = 0; i < 1000; i++) {
      DigitKey key = DigitKey.generate(random);
      assertThat(digits(DigitKey.parse(text(key)))).isEqualTo(digits(key)).hasSize(64);
      assertThat(key.rows()).hasSize(4).allMatch(row -> row.matches("(\\d{4} ){3}\\d{4}"));
    }
  }

  @Test
  void every_digit_is_drawn() {
    int[] seen = new int[10];
    for (int i = 0; i < 2000; i++) {
      digits(DigitKey.generate(random)).chars().forEach(c -> seen[c - '0']++);
    }
    for (int count : seen) {
      // 12 800 expected, 6 standard deviations allowed.
      assertThat(count).isBetween(12_100, 13_500);
    }
  }

  /** Both claims for one row, over every data digit before and after, by the interim digit. */
  @Test
  void hk1_k_06_damm_finds_every_wrong_digit_and_every_swap_from_every_state() {
    for (int interim = 0; interim < 10; interim++) {
      for (int a = 0; a < 10; a++) {
        for (int b = 0; b < 10; b++) {
          if (a == b) {
            continue;
          }
          // Another digit leads to another state, and states never meet again: columns permute.
          assertThat(DammCheckDigit.step(interim, a)).isNotEqualTo(DammCheckDigit.step(interim, b));
          assertThat(DammCheckDigit.step(a, interim)).isNotEqualTo(DammCheckDigit.step(b, interim));
          assertThat(DammCheckDigit.step(DammCheckDigit.step(interim, a), b))
              .isNotEqualTo(DammCheckDigit.step(DammCheckDigit.step(interim, b), a));
        }
        assertThat(DammCheckDigit.step(a, a)).isZero();
      }
    }
  }

  @Test
  void hk1_k_07_every_wrong_digit_is_found_and_its_row_named() throws Exception {
    DigitKey key = DigitKey.generate(random);
    String right = digits(key);
    for (int at = 0; at < 64; at++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (digit == right.charAt(at)) {
          continue;
        }
        String wrong = right.substring(0, at) + digit + right.substring(at + 1);
        int row = at / 16 + 1;
        assertThatThrownBy(() -> DigitKey.parse(wrong))
            .isInstanceOfSatisfying(
                DigitKeyException.class,
                e -> {
                  assertThat(e.problem()).isEqualTo(DigitKeyProblem.WRONG_ROW);
                  assertThat(e.rows()).containsExactly(row);
                })
            .hasMessageContaining("Row " + row);
      }
    }
  }

  @Test
  void every_swap_of_neighbours_within_a_row_is_found() throws Exception {
    String right = digits(DigitKey.generate(random));
    for (int at = 0; at < 63; at++) {
      if (at % 16 == 15 || right.charAt(at) == right.charAt(at + 1)) {
        continue;
      }
      char[] swapped = right.toCharArray();
      swapped[at] = right.charAt(at + 1);
      swapped[at + 1] = right.charAt(at);
      assertThatThrownBy(() -> DigitKey.parse(new String(swapped)))
          .isInstanceOf(DigitKeyException.class);
    }
  }

  @Test
  void a_row_in_the_wrong_place_is_found_even_when_all_rows_are_alike() throws Exception {
    List<String> rows = DigitKey.parse(withChecks("123456789012345".repeat(4))).rows();
    for (int one = 0; one < 4; one++) {
      for (int two = one + 1; two < 4; two++) {
        List<String> swapped = new java.util.ArrayList<>(rows);
        Collections.swap(swapped, one, two);
        List<Integer> named = List.of(one + 1, two + 1);
        assertThatThrownBy(() -> DigitKey.parse(String.join("", swapped)))
            .isInstanceOfSatisfying(
                DigitKeyException.class,
                e -> assertThat(e.rows()).containsExactlyElementsOf(named));
      }
    }
  }

  @Test
  void digits_of_any_script_with_any_blanks_and_hyphens_are_read() throws Exception {
    String right = withChecks("123456789012345".repeat(4));
    StringBuilder typed = new StringBuilder();
    String[] zeros = {"0", "０", "٠", "०", "𝟎"};
    String[] separators = {" ", "-", "\u3000", "‐", "−", "ー", "\n", "\t", "\u0085", "\u001C", "－"};
    for (int i = 0; i < right.length(); i++) {
      typed.appendCodePoint(zeros[i % zeros.length].codePointAt(0) + right.charAt(i) - '0');
      typed.append(separators[i % separators.length]);
    }
    assertThat(digits(DigitKey.parse(typed))).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "12345678", "a", "½", "²"})
  void what_is_not_64_digits_is_refused(String typed) {
    assertThatThrownBy(() -> DigitKey.parse(typed)).isInstanceOf(DigitKeyException.class);
    assertThatThrownBy(() -> DigitKey.parse(KNOWN + typed + "0"))
        .isInstanceOf(DigitKeyException.class);
  }

  @Test
  void hk1_k_08_a_row_typed_back_must_be_that_row() {
    DigitKey key = DigitKey.generate(random);
    for (int asked = 1; asked <= 4; asked++) {
      for (int typed = 1; typed <= 4; typed++) {
        assertThat(key.rowIs(asked, key.rows().get(typed - 1))).isEqualTo(asked == typed);
      }
      assertThat(key.rowIs(asked, "")).isFalse();
      assertThat(key.rowIs(asked, text(key))).isFalse();
    }
  }

  @Test
  void nothing_shows_the_digits() throws Exception {
    DigitKey key = DigitKey.generate(random);
    assertThat(key.toString()).isEqualTo("DigitKey(REDACTED)");
    String wrong = "9" + digits(key).substring(1, 63) + "x";
    assertThatThrownBy(() -> DigitKey.parse(wrong))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(digits(key).substring(1, 9)));
  }
}
