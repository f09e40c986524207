package org.hikae.ui.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.identity.value.EmployeeId;
import org.junit.jupiter.api.Test;

class CursorPagingTest {

  private final CursorPaging paging = new CursorPaging();

  @Test
  void a_list_of_rows_goes_forward_after_a_row_and_back_to_the_first() {
    assertThat(paging.current(EmployeeId::new)).isNull();
    paging.foundRow(7L);
    paging.forward();
    assertThat(paging.current(EmployeeId::new)).isEqualTo(new EmployeeId(7));
    assertThat(paging.isBegun()).isTrue();
    paging.foundRow(null);
    assertThat(paging.isMore()).isFalse();
    paging.forward();
    assertThat(paging.current(EmployeeId::new)).as("there is no next page").isNotNull();
    paging.back();
    assertThat(paging.current(EmployeeId::new)).isNull();
  }
}
