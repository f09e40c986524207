package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TransferBudgetTest {

  @Test
  void lets_in_what_fits_and_no_byte_more() {
    TransferBudget budget = new TransferBudget(100, 100, 10);
    assertThat(budget.enter(1, 60)).isPresent();
    assertThat(budget.enter(2, 41)).isEmpty();
    assertThat(budget.enter(2, 40)).isPresent();
    assertThat(budget.enter(3, 1)).isEmpty();
    assertThat(budget.enter(3, 0)).isPresent();
    assertThat(budget.heldBytes()).isEqualTo(100);
  }

  @Test
  void keeps_one_employee_from_taking_everything() {
    TransferBudget budget = new TransferBudget(100, 100, 2);
    TransferBudget.Place first = budget.enter(1, 1).orElseThrow();
    assertThat(budget.enter(1, 1)).isPresent();
    assertThat(budget.enter(1, 1)).isEmpty();
    assertThat(budget.enter(2, 1)).isPresent();
    first.close();
    assertThat(budget.enter(1, 1)).isPresent();
    assertThat(budget.enter(1, 1)).isEmpty();
  }

  @Test
  void remembers_nobody_who_holds_nothing() {
    TransferBudget budget = new TransferBudget(100, 100, 2);
    TransferBudget.Place first = budget.enter(1, 1).orElseThrow();
    TransferBudget.Place second = budget.enter(1, 0).orElseThrow();
    TransferBudget.Place other = budget.enter(2, 1).orElseThrow();
    first.close();
    assertThat(budget.holders()).isEqualTo(2);
    second.close();
    assertThat(budget.holders()).isEqualTo(1);
    other.close();
    assertThat(budget.holders()).isZero();
  }

  @Test
  void counts_a_place_closed_twice_once() {
    TransferBudget budget = new TransferBudget(100, 100, 3);
    TransferBudget.Place place = budget.enter(1, 4).orElseThrow();
    assertThat(budget.enter(1, 6)).isPresent();
    place.close();
    place.close();
    assertThat(budget.heldBytes()).isEqualTo(6);
    assertThat(budget.enter(1, 2)).isPresent();
    assertThat(budget.enter(1, 1)).isPresent();
    assertThat(budget.enter(1, 1)).isEmpty();
  }

  @Test
  void nobody_gets_more_places_than_are_left_for_others() {
    TransferBudget budget = new TransferBudget(Long.MAX_VALUE, 12, 12);
    int[] got = new int[12];
    for (int round = 0; round < 12; round++) {
      for (int employee = 0; employee < 4; employee++) {
        got[employee] += budget.enter(employee, 0).isPresent() ? 1 : 0;
      }
    }
    assertThat(java.util.Arrays.stream(got).sum()).isLessThan(12);
    for (int employee = 0; employee < 4; employee++) {
      assertThat(got[employee]).isBetween(2, 3);
    }
    assertThat(budget.enter(5, 0)).as("whoever comes late").isPresent();
  }

  @Test
  void nor_more_bytes() {
    TransferBudget budget = new TransferBudget(100, 100, 100);
    assertThat(budget.enter(1, 40)).isPresent();
    assertThat(budget.enter(1, 10)).isPresent();
    assertThat(budget.enter(1, 1)).isEmpty();
    assertThat(budget.enter(2, 50)).isPresent();
  }

  @Test
  void does_not_overflow() {
    TransferBudget budget = new TransferBudget(Long.MAX_VALUE, 100, 10);
    assertThat(budget.enter(1, Long.MAX_VALUE)).isPresent();
    assertThat(budget.enter(2, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void refuses_senseless_numbers() {
    assertThat(new TransferBudget(1, 1, 1).enter(1, 1)).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferBudget(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferBudget(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferBudget(1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferBudget(1, 1, 1).enter(1, -1));
  }

  @Test
  void never_holds_more_than_its_limit_under_many_threads() throws Exception {
    TransferBudget budget = new TransferBudget(50, 100, 3);
    List<Future<Boolean>> workers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        long employee = i % 3;
        workers.add(
            pool.submit(
                () -> {
                  boolean within = true;
                  for (int round = 0; round < 2000; round++) {
                    var place = budget.enter(employee, 20);
                    within &= budget.heldBytes() <= 50;
                    place.ifPresent(TransferBudget.Place::close);
                  }
                  return within;
                }));
      }
    }
    for (Future<Boolean> worker : workers) {
      assertThat(worker.get()).isTrue();
    }
    assertThat(budget.heldBytes()).isZero();
    assertThat(budget.enter(0, 50)).isPresent();
  }
}
