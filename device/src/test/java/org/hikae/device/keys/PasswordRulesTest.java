package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.hikae.device.keys.PasswordException.PasswordProblem;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-K-09 to HK1-K-11; which characters, {@link PasswordCharactersTest}. */
class PasswordRulesTest {

  private static String normalised(String typed) throws PasswordException {
    return new String(PasswordRules.normalise(typed).expose(), StandardCharsets.UTF_8);
  }

  private static void assertProblem(String typed, PasswordProblem problem) {
    assertThatThrownBy(() -> PasswordRules.choose(typed))
        .isInstanceOfSatisfying(
            PasswordException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("correct"));
  }

  @ParameterizedTest
  @CsvSource({
    "Ａｂｃ１２３！, Abc123!",
    "ﾊﾟｽﾜｰﾄﾞ, パスワード",
    "か\u3099, が",
    "e\u0301, é",
    "ﬁ, fi",
    "Å, Å",
    "①, 1",
    "ｶﾞｷﾞｸﾞ, ガギグ",
    "㍿, 株式会社",
    "ǅ, Dž",
    "İ, İ",
    "ß, ß"
  })
  void hk1_k_09_forms_of_the_same_text_are_the_same_password(String typed, String usual)
      throws Exception {
    assertThat(normalised(typed)).isEqualTo(usual);
    assertThat(normalised(usual)).isEqualTo(usual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, 0x3000})
  void every_space_is_the_usual_space(int space) throws Exception {
    assertThat(normalised("a" + Character.toString(space) + "b")).isEqualTo("a b");
  }

  @Test
  void case_is_kept() throws Exception {
    assertThat(normalised("ABC abc")).isEqualTo("ABC abc");
  }

  @Test
  void hk1_k_10_twelve_code_points_are_needed_after_normalisation() throws Exception {
    assertProblem("xk3!vq9#mz7", PasswordProblem.TOO_SHORT);
    // Twelve code units of six characters are not enough.
    assertProblem("𠮷𠮷𠮷野家屋", PasswordProblem.TOO_SHORT);
    // Full-width kana with marks of their own shrink.
    assertProblem("ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞ", PasswordProblem.TOO_SHORT);
    PasswordRules.choose("xk3!vq9#mz7w").close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "PASSWORD!!!!!!",
        "ｐａｓｓｗｏｒｄ１２３４",
        "パスワード12345678",
        "ﾊﾟｽﾜｰﾄﾞﾊﾟｽﾜｰﾄﾞ12",
        "correct horse battery staple",
        "いろはにほへとちりぬるを"
      })
  void common_passwords_are_refused_in_every_width(String typed) {
    assertProblem(typed, PasswordProblem.COMMON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaaaaaa", "abcdefghijkl", "123456789012", "qwertyqwerty"})
  void weak_passwords_are_refused(String typed) {
    assertProblem(typed, PasswordProblem.WEAK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plover gasket umbrage ninth", "雨の日は猫と本を読む暮らし", "xk3!vq9#mz7w", "なつのゆうだちにぬれたさかみち"})
  void good_passwords_are_taken(String typed) throws Exception {
    PasswordRules.choose(typed).close();
  }

  @Test
  void too_long_is_refused_before_anything_is_computed() {
    assertProblem("x".repeat(257), PasswordProblem.TOO_LONG);
    assertProblem("x".repeat(100_000), PasswordProblem.TOO_LONG);
  }

  @Test
  void entering_a_password_asks_for_no_strength() throws Exception {
    assertThat(normalised("a")).isEqualTo("a");
  }

  @Test
  void hk1_k_11_the_input_of_opaque_is_length_password_and_credential() throws Exception {
    byte[] input =
        PasswordRules.opaqueInput(PasswordRules.normalise("パス"), new byte[] {1, 2, 3}).expose();
    assertThat(input).containsExactly(0, 6, 0xe3, 0x83, 0x91, 0xe3, 0x82, 0xb9, 1, 2, 3);
  }

  @Test
  void generated_passphrases_pass_their_own_rules_and_differ() throws Exception {
    SecureRandom random = new SecureRandom();
    Set<String> seen = new HashSet<>();
    int times = TestEffort.times(PasswordRulesTest.class, 200, 20);
    for (int i = 0; i < times; i++) {
      String made = new String(PasswordGenerator.generate(random));
      assertThat(made).matches("([a-z]{6}-){3}[a-z]{6}");
      PasswordRules.choose(made).close();
      assertThat(seen.add(made)).isTrue();
    }
  }
}
