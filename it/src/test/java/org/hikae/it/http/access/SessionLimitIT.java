package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;

/**
 * As many people as there may be are signed in, on a portal that takes two. Time budget: 90
 * seconds.
 */
@FullRunOnly
class SessionLimitIT {

  @Test
  void who_comes_when_it_is_full_is_told_so_and_nobody_is_put_out() throws Exception {
    Stack stack =
        Stack.apart("few-sessions", StackDatabase.Kind.H2, Map.of("HIKAE_MAX_SESSIONS", "2"));
    try {
      TestCompany company = TestCompany.of(stack);
      PageClient first = PageClient.signedIn(stack, company.employee());
      PageClient second = PageClient.signedIn(stack, company.employee());
      TestAccount late = company.employee();

      HttpResponse<String> full = PageClient.anonymous(stack).signIn(late);
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(full.headers().firstValue("Retry-After")).isPresent();
      assertThat(full.body()).contains("Too many people are signed in");
      assertThat(first.ask("/privacy").statusCode()).isEqualTo(200);
      assertThat(second.ask("/privacy").statusCode()).isEqualTo(200);

      second.signOut();
      assertThat(PageClient.anonymous(stack).signIn(late).statusCode()).isEqualTo(200);
    } finally {
      stack.end();
    }
  }
}
