package org.hikae.insight.system.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.schema.value.ColumnComment;
import org.junit.jupiter.api.Test;

class SchemaColumnTest {

  @Test
  void a_comment_begins_with_its_kind() {
    assertThat(SchemaColumn.of(new ColumnComment("root", "HASH: Of ciphertext: one-way.")))
        .isEqualTo(new SchemaColumn("root", ColumnKind.HASH, "Of ciphertext: one-way."));
  }

  @Test
  void without_a_known_kind_it_is_called_undescribed_and_shown_as_it_is() {
    assertThat(SchemaColumn.of(new ColumnComment("a", null)))
        .isEqualTo(new SchemaColumn("a", ColumnKind.UNDESCRIBED, null));
    assertThat(SchemaColumn.of(new ColumnComment("a", "SECRET: Something.")))
        .isEqualTo(new SchemaColumn("a", ColumnKind.UNDESCRIBED, "SECRET: Something."));
    assertThat(SchemaColumn.of(new ColumnComment("a", "UNDESCRIBED: Something.")))
        .isEqualTo(new SchemaColumn("a", ColumnKind.UNDESCRIBED, "UNDESCRIBED: Something."));
  }
}
