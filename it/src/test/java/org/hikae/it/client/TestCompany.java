package org.hikae.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;

/**
 * The people of one running system: the demo administrators, helpdesk and auditor, and as many new
 * employees as a test wants, in a department that is offered the backup and in one that is not.
 * Tokens are kept while they are fresh.
 */
public final class TestCompany {

  /** A department that is offered the backup. */
  public static final String OFFERED = "it-offered";

  /** A department that is not. */
  public static final String WAITING = "it-waiting";

  private static final Map<StackDatabase.Kind, TestCompany> KNOWN = new ConcurrentHashMap<>();

  /** Well below the realm's five minutes. */
  private static final long FRESH_NANOS = 150_000_000_000L;

  private final Stack stack;
  private final TestAccounts testAccounts;
  private final OidcSignIn signIn;
  private final ApiClient anonymous;
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();

  private record Token(String text, long takenAt) {
    @Override
    public String toString() {
      return "Token(REDACTED)";
    }
  }

  private TestCompany(Stack stack) {
    this.stack = stack;
    this.testAccounts = new TestAccounts(stack.keycloak());
    this.signIn = new OidcSignIn(stack);
    this.anonymous = ApiClient.anonymous(stack);
  }

  /** The people of the system on this kind of database. */
  public static TestCompany on(StackDatabase.Kind kind) throws IOException, InterruptedException {
    synchronized (kind) {
      return foundedOn(kind);
    }
  }

  private static TestCompany foundedOn(StackDatabase.Kind kind)
      throws IOException, InterruptedException {
    TestCompany known = KNOWN.get(kind);
    if (known == null) {
      known = of(Stack.on(kind));
      KNOWN.put(kind, known);
    }
    return known;
  }

  /** The people of a system that a test has for itself. */
  public static TestCompany of(Stack stack) throws IOException, InterruptedException {
    TestCompany company = new TestCompany(stack);
    company.testAccounts.department(OFFERED);
    company.testAccounts.department(WAITING);
    ApiReply offered = company.admin().json("PUT", "/v1/admin/rollout/offers/" + OFFERED, Map.of());
    company.testAccounts.hurryDeviceGrants();
    assertThat(offered.status()).as("%s", offered).isBetween(200, 201);
    return company;
  }

  /** The system. */
  public Stack stack() {
    return stack;
  }

  /** Accounts. */
  public TestAccounts people() {
    return testAccounts;
  }

  /** Signing in. */
  public OidcSignIn signIn() {
    return signIn;
  }

  /** A new employee who is offered the backup. */
  public TestAccount employee() throws IOException, InterruptedException {
    return testAccounts.employee("/" + OFFERED);
  }

  /** A new employee who is not offered the backup yet. */
  public TestAccount waitingEmployee() throws IOException, InterruptedException {
    return testAccounts.employee("/" + WAITING);
  }

  /** A caller without a token. All callers share its connections, which are dear to open. */
  public ApiClient anonymous() {
    return anonymous;
  }

  /** A person's device software. */
  public ApiClient agentOf(TestAccount testAccount) throws IOException, InterruptedException {
    return anonymous().bearer(token("agent", testAccount));
  }

  /** A person at the pages. */
  public ApiClient portalOf(TestAccount testAccount) throws IOException, InterruptedException {
    return anonymous().bearer(token("portal", testAccount));
  }

  /** The demo administrator at the pages. */
  public ApiClient admin() throws IOException, InterruptedException {
    return portalOf(testAccounts.named("admin"));
  }

  private String token(String client, TestAccount testAccount)
      throws IOException, InterruptedException {
    String key = client + " " + testAccount.username();
    Token token = tokens.get(key);
    if (token == null || System.nanoTime() - token.takenAt() > FRESH_NANOS) {
      long now = System.nanoTime();
      String text =
          client.equals("agent") ? signIn.agentToken(testAccount) : signIn.portalToken(testAccount);
      token = new Token(text, now);
      tokens.put(key, token);
    }
    return token.text();
  }
}
