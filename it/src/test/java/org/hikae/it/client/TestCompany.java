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
  private final TestAccounts people;
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
    this.people = new TestAccounts(stack.keycloak());
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
    company.people.department(OFFERED);
    company.people.department(WAITING);
    ApiReply offered = company.admin().json("PUT", "/v1/admin/rollout/offers/" + OFFERED, Map.of());
    company.people.hurryDeviceGrants();
    assertThat(offered.status()).as("%s", offered).isBetween(200, 201);
    return company;
  }

  /** The system. */
  public Stack stack() {
    return stack;
  }

  /** Accounts. */
  public TestAccounts people() {
    return people;
  }

  /** Signing in. */
  public OidcSignIn signIn() {
    return signIn;
  }

  /** A new employee who is offered the backup. */
  public TestAccount employee() throws IOException, InterruptedException {
    return people.employee("/" + OFFERED);
  }

  /** A new employee who is not offered the backup yet. */
  public TestAccount waitingEmployee() throws IOException, InterruptedException {
    return people.employee("/" + WAITING);
  }

  /** A caller without a token. All callers share its connections, which are dear to open. */
  public ApiClient anonymous() {
    return anonymous;
  }

  /** A person's device software. */
  public ApiClient agentOf(TestAccount person) throws IOException, InterruptedException {
    return anonymous().bearer(token("agent", person));
  }

  /** A person at the pages. */
  public ApiClient portalOf(TestAccount person) throws IOException, InterruptedException {
    return anonymous().bearer(token("portal", person));
  }

  /** The demo administrator at the pages. */
  public ApiClient admin() throws IOException, InterruptedException {
    return portalOf(people.named("admin"));
  }

  private String token(String client, TestAccount person) throws IOException, InterruptedException {
    String key = client + " " + person.username();
    Token token = tokens.get(key);
    if (token == null || System.nanoTime() - token.takenAt() > FRESH_NANOS) {
      long now = System.nanoTime();
      String text = client.equals("agent") ? signIn.agentToken(person) : signIn.portalToken(person);
      token = new Token(text, now);
      tokens.put(key, token);
    }
    return token.text();
  }
}
