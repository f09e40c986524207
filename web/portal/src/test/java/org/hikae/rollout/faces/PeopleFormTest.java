package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.hikae.identity.value.EmployeeId;
import org.hikae.rollout.view.ListChange;
import org.junit.jupiter.api.Test;

/** Who joins and who leaves the list of a wave by what is picked. */
class PeopleFormTest {

  private final PeopleForm form = new PeopleForm();

  private static PersonChoice person(long id) {
    return new PersonChoice(id, "Person " + id, "person-" + id);
  }

  private static Set<EmployeeId> ids(long... ids) {
    return Set.copyOf(LongStream.of(ids).mapToObj(EmployeeId::new).toList());
  }

  @Test
  void nobody_who_is_picked_changes_nothing() {
    assertThat(form.change()).isEqualTo(ListChange.NONE);
    form.toggle(person(1));
    form.toggle(person(1));
    assertThat(form.getChosen()).isEmpty();
    assertThat(form.change()).isEqualTo(ListChange.NONE);
  }

  @Test
  void those_who_stand_on_the_list_leave_it_only_when_they_are_left_out() {
    form.fill(2, List.of(person(1), person(2)));
    form.toggle(person(3));
    form.toggle(person(1));
    assertThat(form.getChosen()).containsExactly(person(2), person(3));
    assertThat(form.getUnseen()).isZero();
    assertThat(form.change()).isEqualTo(new ListChange(ids(3), ids(1)));
  }

  @Test
  void a_list_that_is_too_long_to_be_shown_stays_and_grows() {
    form.fill(5000, List.of());
    form.toggle(person(7));
    assertThat(form.getUnseen()).isEqualTo(5000);
    assertThat(form.change()).isEqualTo(new ListChange(ids(7), Set.of()));
  }

  @Test
  void no_more_are_picked_than_a_page_can_show() {
    LongStream.rangeClosed(1, ListChange.MOST).forEach(id -> form.toggle(person(id)));
    assertThat(form.isFull()).isFalse();
    form.toggle(person(ListChange.MOST + 1));
    assertThat(form.isFull()).isTrue();
    assertThat(form.getChosen()).hasSize(ListChange.MOST);
    form.toggle(person(1));
    form.toggle(person(ListChange.MOST + 1));
    assertThat(form.isFull()).isFalse();
    assertThat(form.has(person(ListChange.MOST + 1))).isTrue();
  }
}
