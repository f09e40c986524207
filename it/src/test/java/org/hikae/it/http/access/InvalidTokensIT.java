package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;

/**
 * Credentials that are worth nothing, at every operation of the OpenAPI document and at every page
 * (HK1-R-01, HK1-R-02): tokens that somebody forged, that have expired or were given for something
 * else, sessions of other devices, cookies of who has signed out. Each is refused as docs/roles.md
 * and the specification say, and changes nothing. Time budget: 15 seconds beside the system's
 * start.
 */
@FullRunOnly
class InvalidTokensIT {

  private static final int AT_ONCE = 8;
  private static final String CHALLENGE = "WWW-Authenticate";

  /** The only page for who has not signed in. */
  private static final String OPEN = "/signed-out";

  private final List<Callable<Optional<String>>> tries = new ArrayList<>();

  @Test
  void nothing_worthless_opens_or_changes_anything() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    Stack stack = company.stack();
    try (TestRealmKey key = TestRealmKey.publish(stack.keycloak())) {
      InvalidCredentials credentials = InvalidCredentials.of(company, key);
      ApiClient anonymous = company.anonymous();
      BarePageClient pages = new BarePageClient(stack);
      for (InvalidCredential one : credentials.all()) {
        addOperations(one, anonymous);
        addPages(one, pages, stack.keycloakUrl());
      }
      long before = acts(stack, credentials);
      assertThat(before).as("what they did to make the credentials").isPositive();

      List<String> deviations = deviations();

      System.getLogger(InvalidTokensIT.class.getName())
          .log(
              System.Logger.Level.INFO,
              "{0} operations, {1} pages, {2} credentials, {3} requests: {4} deviations",
              OperationAccess.all().size(),
              SitePages.all().size(),
              credentials.all().size(),
              tries.size(),
              deviations.size());
      assertThat(deviations).isEmpty();
      assertThat(acts(stack, credentials)).as("acts of those people").isEqualTo(before);
    }
  }

  private List<String> deviations() throws Exception {
    List<String> found = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Optional<String>> one : pool.invokeAll(tries)) {
        one.get().ifPresent(found::add);
      }
    }
    return found;
  }

  private void add(InvalidCredential credential, String where, ThrowingCallable asked) {
    tries.add(
        () ->
            Optional.ofNullable(catchThrowable(asked))
                .map(wrong -> credential.name() + ", " + where + ": " + wrong.getMessage()));
  }

  private void addOperations(InvalidCredential credential, ApiClient anonymous) {
    for (OperationAccess operationAccess : OperationAccess.all()) {
      ApiClient api = credential.at(operationAccess, anonymous);
      if (operationAccess.may().contains(CallerKind.NO_TOKEN)) {
        add(
            credential,
            operationAccess.toString(),
            () ->
                assertThat(operationAccess.asked(api).status())
                    .isEqualTo(operationAccess.answer()));
      } else {
        credential
            .refusal(operationAccess)
            .ifPresent(
                code ->
                    add(
                        credential,
                        operationAccess.toString(),
                        () -> assertRefused(operationAccess, operationAccess.asked(api), code)));
      }
    }
  }

  private static void assertRefused(
      OperationAccess operationAccess, ApiReply reply, ProblemCode code) {
    if (operationAccess.method().equals("HEAD")) {
      assertThat(reply.status()).isEqualTo(code.status());
      assertThat(reply.status() != 401 || reply.headers().firstValue(CHALLENGE).isPresent())
          .isTrue();
    } else {
      RefusalAssert.assertRefused(reply, code);
    }
    if (code == ProblemCode.UNAUTHENTICATED && !operationAccess.hasOwnToken()) {
      assertThat(reply.headers().firstValue(CHALLENGE).orElse("")).startsWith("Bearer");
    }
  }

  private void addPages(InvalidCredential credential, BarePageClient pages, URI signOn) {
    if (!credential.isBearerOfPages() && !credential.isCookieOfPages()) {
      return;
    }
    for (String page : SitePages.all()) {
      String address = page.replaceAll("\\{\\w+}", "1");
      add(
          credential,
          "GET " + address,
          () -> {
            HttpResponse<String> answer = pages.open(address, credential.headers());
            if (page.equals(OPEN)) {
              assertThat(answer.statusCode()).isEqualTo(200);
            } else if (credential.isCookieOfPages()) {
              assertLed(answer, signOn);
            } else {
              assertChallenged(answer);
            }
          });
      if (!page.equals(OPEN) && !page.startsWith("/error/")) {
        // Under the name of its file it is another address to who guards them.
        String file = address.replaceFirst("(\\?|$)", ".xhtml$1");
        add(
            credential,
            "POST " + file,
            () -> assertChallenged(pages.act(file, credential.headers())));
      }
    }
  }

  private static void assertLed(HttpResponse<String> answer, URI signOn) {
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(signOn.toString());
  }

  /** Who brings a token, and a page's own script, is not led anywhere (ADR 2). */
  private static void assertChallenged(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue(CHALLENGE).orElse("")).startsWith("Bearer");
  }

  /** What the trail and the runs have of these people, beside their being refused. */
  private static long acts(Stack stack, InvalidCredentials credentials) throws SQLException {
    try (Connection connection = stack.db().asOwner();
        PreparedStatement count =
            connection.prepareStatement(
                "select (select count(*) from audit_event where action <> 'access.refused'"
                    + " and actor_subject in (?, ?))"
                    + " + (select count(*) from run where device_id = ?)")) {
      count.setString(1, credentials.subjects().getFirst());
      count.setString(2, credentials.subjects().getLast());
      count.setString(3, credentials.deviceId());
      try (ResultSet row = count.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }
}
