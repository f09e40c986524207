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
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Offers by several administrators at once. Time budget: 20 seconds beside the systems' start. */
@EveryThirdRun
class OffersIT {

  private static final int AT_ONCE = 6;
  private static final int ROUNDS = 10;
  private static final String GROUP = "it-at-once";
  private static final String OFFER = "/v1/admin/rollout/offers/" + GROUP;

  @ParameterizedTest
  @EachDatabase
  void the_same_offer_by_many_at_once_is_made_and_taken_back_by_one(StackDatabase.Kind kind)
      throws Exception {
    TestCompany company = TestCompany.on(kind);
    ApiClient admin = company.admin();
    company.people().department(GROUP);
    List<Integer> expected = new ArrayList<>(Collections.nCopies(AT_ONCE - 1, 200));
    expected.add(201);
    List<Integer> gone = new ArrayList<>(Collections.nCopies(AT_ONCE - 1, 404));
    gone.add(204);
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          answers.add(pool.submit(() -> admin.json("PUT", OFFER, Map.of()).status()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
        assertThat(statuses).containsExactlyInAnyOrderElementsOf(expected);
        answers.clear();
        for (int i = 0; i < AT_ONCE; i++) {
          answers.add(pool.submit(() -> admin.send("DELETE", OFFER, null, null).status()));
        }
        statuses.clear();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
        assertThat(statuses).containsExactlyInAnyOrderElementsOf(gone);
      }
    }
  }

  @Test
  void a_group_that_does_not_exist_is_offered_nothing() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient admin = company.admin();
    String offers = "/v1/admin/rollout/offers/";
    for (String wrong : List.of("it-none", "Sales/below", "Sal", "..%2Fusers", "Sales%2F..%2FIT")) {
      ApiReply refused = admin.json("PUT", offers + wrong, Map.of());
      assertThat(refused.status()).as("%s: %s", wrong, refused).isBetween(400, 404);
    }
    String top = "it+ü" + UUID.randomUUID();
    String offer = offers + top.replace("+", "%2B").replace("ü", "%C3%BC");
    RefusalAssert.assertRefused(admin.json("PUT", offer, Map.of()), ProblemCode.NOT_FOUND);
    company.people().department(top);
    ApiReply made = admin.json("PUT", offer, Map.of());
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(admin.send("DELETE", offer, null, null).status()).isEqualTo(204);
  }
}
