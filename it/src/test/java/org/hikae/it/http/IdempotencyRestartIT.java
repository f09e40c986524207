package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.it.http.IdempotencyIT.AT_ONCE;
import static org.hikae.it.http.IdempotencyIT.CAMPAIGNS;
import static org.hikae.it.http.IdempotencyIT.assertReplayed;
import static org.hikae.it.http.IdempotencyIT.campaign;
import static org.hikae.it.http.IdempotencyIT.keyed;
import static org.hikae.it.http.IdempotencyIT.made;
import static org.hikae.it.http.IdempotencyIT.unique;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Repeated requests of administrators whose portal is killed in between. Time budget: 30 seconds
 * beside the system's start, most of it for a portal that starts again.
 */
@DisplayName("HK1-R-06: idempotency keys and a portal that ends")
@FullRunOnly
@Isolated // the portal that all share is gone for a moment
class IdempotencyRestartIT {

  /** So that all campaigns fit on a page. */
  private static final int MOST_EACH = 15;

  @Test
  void what_a_killed_portal_was_asked_is_done_once_after_all() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    Queue<String> sent = new ConcurrentLinkedQueue<>();
    CountDownLatch busy = new CountDownLatch(2 * AT_ONCE);
    ApiClient before = company.admin();
    String answered = unique();
    ApiReply first = keyed(before, answered).json("POST", CAMPAIGNS, campaign(answered));
    assertThat(first.status()).as("%s", first).isEqualTo(201);
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < AT_ONCE; i++) {
        var _ = pool.submit(() -> createUntilItDies(before, sent, busy));
      }
      assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
      company.stack().killPortal();
    }
    company.stack().startPortal();
    try (Connection connection = company.stack().db().asOwner();
        Statement statement = connection.createStatement()) {
      // As if the minute had passed for which nobody else may do it.
      int left =
          statement.executeUpdate(
              "update idempotent_request set claimed_until = made_at where status is null");
      System.out.printf(Locale.ROOT, "%d asked, %d were being worked on%n", sent.size(), left);
    }
    ApiClient admin = company.admin();
    assertReplayed(keyed(admin, answered).json("POST", CAMPAIGNS, campaign(answered)), first);
    assertThat(made(admin, answered)).isEqualTo(1);
    for (String name : sent) {
      ApiReply again = keyed(admin, name).json("POST", CAMPAIGNS, campaign(name));
      assertThat(again.status()).as("%s", again).isEqualTo(201);
    }
    List<String> made = new ArrayList<>();
    for (JsonNode each : admin.get(CAMPAIGNS + "?limit=200").json().path("campaigns")) {
      made.add(each.path("name").asText());
    }
    made.retainAll(sent);
    assertThat(made).as("each once").containsExactlyInAnyOrderElementsOf(sent);
  }

  /** Asks for some things, each under a key of its own, whatever becomes of the answers. */
  private static void createUntilItDies(ApiClient admin, Queue<String> sent, CountDownLatch busy) {
    try {
      for (int i = 0; i < MOST_EACH; i++) {
        String name = unique();
        sent.add(name);
        var _ = keyed(admin, name).json("POST", CAMPAIGNS, campaign(name));
        busy.countDown();
      }
    } catch (AssertionError dead) {
      // No answer any more.
    }
  }
}
