package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How often one person may ask. Time budget: 20 seconds beside the system's start. */
@DisplayName("HK1-R-07: rate limits of the administration")
@EveryThirdRun
class RateLimitIT {

  /** Nobody's: what is tried does nothing, whoever it is. */
  private static final String CHANGE = "/v1/admin/approvals/999999999/reject";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int AT_ONCE = 8;

  @Test
  void who_asks_too_often_waits_and_nobody_else_does() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    int changes = Integer.parseInt(company.stack().portalSettings().get(Stack.ADMIN_REQUESTS)) / 5;
    ApiClient loud = company.portalOf(company.employee());
    ApiReply limited = until429(loud, changes);
    RefusalAssert.assertRefused(limited, ProblemCode.TOO_MANY_REQUESTS);
    assertThat(limited.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(Integer.parseInt(limited.headers().firstValue("Retry-After").orElse("")))
        .isBetween(1, 60);
    assertThat(loud.get("/v1/admin/employees").status()).as("reads count apart").isEqualTo(403);
    assertThat(loud.get("/v1/my/storage").status()).as("only of administration").isEqualTo(200);
    RefusalAssert.assertRefused(
        company.admin().send("POST", CHANGE, null, null), ProblemCode.NOT_FOUND);
    ApiReply later = limited;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (later.status() == 429) {
      assertThat(System.nanoTime()).as("still too often").isLessThan(deadline);
      later = loud.send("POST", CHANGE, null, null);
    }
    assertThat(later.status()).as("%s", later).isEqualTo(403);
  }

  private static ApiReply until429(ApiClient loud, int changes) throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Callable<ApiReply> some =
        () -> {
          ApiReply reply = loud.send("POST", CHANGE, null, null);
          // Some tokens come back in the meantime.
          while (reply.status() != 429 && sent.incrementAndGet() < 3 * changes) {
            assertThat(reply.status()).as("%s", reply).isEqualTo(403);
            reply = loud.send("POST", CHANGE, null, null);
          }
          return reply;
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<ApiReply>> all = pool.invokeAll(Collections.nCopies(AT_ONCE, some));
      assertThat(sent.get())
          .as("not before the bucket was empty")
          .isGreaterThanOrEqualTo(changes - AT_ONCE);
      return all.getFirst().get();
    }
  }
}
