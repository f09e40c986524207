package org.hikae.caller.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {

  @ParameterizedTest
  @CsvSource({
    "花子, 山田, 山田 花子",
    "さくら, 伊藤, 伊藤 さくら",
    "ケン, スミス, スミス ケン",
    "민준, 김, 김 민준",
    "Lucía, García, Lucía García",
    "'', 山田, 山田",
    "Mia, '', Mia",
    "'', '', ''"
  })
  void names_are_in_the_order_of_their_script(String given, String family, String expected) {
    assertThat(PersonName.of(given, family)).isEqualTo(expected);
  }
}
