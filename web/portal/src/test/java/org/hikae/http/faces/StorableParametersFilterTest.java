package org.hikae.http.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableParametersFilterTest {

  @Test
  void what_no_database_keeps_is_replaced_and_nothing_else() {
    assertThat(StorableParametersFilter.storable("\u5c71\u7530\n\ud83d\ude00"))
        .isEqualTo("\u5c71\u7530\n\ud83d\ude00");
    assertThat(StorableParametersFilter.storable("a\u0000b\ud800\ud83d\ude00"))
        .isEqualTo("a\ufffdb\ufffd\ud83d\ude00");
  }
}
