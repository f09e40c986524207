package org.hikae.spreadsheet.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

  @Test
  void a_file_has_its_mark_its_head_and_a_line_for_each_row() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvWriter file = new CsvWriter(out);

    file.head(List.of("名前", "bytes"));
    file.row(List.of("a,b", 5L));
    file.row(List.of("=1", 0L));
    file.end();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("\uFEFF名前,bytes\r\n\"a,b\",5\r\n'=1,0\r\n");
  }
}
