package org.hikae.device.mount;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.device.files.Inode;
import org.junit.jupiter.api.Test;

class LinkTableTest {

  @Test
  void files_are_found_by_both_numbers_however_many_there_are() {
    LinkTable table = new LinkTable();
    for (int i = 0; i < 10_000; i++) {
      table.add(new Inode(i % 3, i), 1 + i);
      for (int more = 0; more < i % 5; more++) {
        table.addName(new Inode(i % 3, i));
      }
    }
    table.addName(new Inode(7, 7));

    for (int i = 0; i < 10_000; i++) {
      assertThat(table.find(new Inode(i % 3, i)))
          .isEqualTo(new LinkTable.LinkedFile(1 + i, 1 + i % 5));
      assertThat(table.find(new Inode(i % 3 + 1, i))).isNull();
    }
    assertThat(table.find(new Inode(7, 7))).isNull();
  }
}
