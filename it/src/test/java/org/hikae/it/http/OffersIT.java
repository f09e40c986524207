package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.EachDatabase;
import org.junit.jupiter.params.ParameterizedTest;

/** Offers by several administrators at once. Time budget: 20 seconds beside the systems' start. */
class OffersIT {

  private static final int AT_ONCE = 6;
  private static final int ROUNDS = 10;

  @ParameterizedTest
  @EachDatabase
  void the_same_offer_by_many_at_once_is_made_by_one_and_found_by_the_others(Database.Kind kind)
      throws Exception {
    Api admin = Company.on(kind).admin();
    List<Integer> expected = new ArrayList<>(Collections.nCopies(AT_ONCE - 1, 200));
    expected.add(201);
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        String path = "/v1/admin/rollout/offers/at-once-" + UUID.randomUUID();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          answers.add(pool.submit(() -> admin.json("PUT", path, Map.of()).status()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
        assertThat(statuses).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(admin.send("DELETE", path, null, null).status()).isEqualTo(204);
      }
    }
  }
}
