package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticeFactsCodecTest {

  @Test
  void facts_are_read_as_texts_and_what_is_none_is_empty() {
    assertThat(NoticeFactsCodec.parse("{\"name\":\"控え\",\"days\":9}"))
        .isEqualTo(Map.of("name", "控え", "days", ""));
    assertThat(NoticeFactsCodec.parse("{}")).isEmpty();
  }
}
