package org.hikae.device.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.login.OidcClient.OidcResult;
import org.hikae.device.portal.PortalTokenSource;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of the signed-in employee, fetched with the offline token when needed. A realm may
 * replace the offline token with each use; the new one is stored under the lock of the secrets file
 * before the access token is used, so that two processes never burn each other's. Thread-safe.
 */
public final class RefreshingTokenSource implements PortalTokenSource {

  private static final Duration MARGIN = Duration.ofSeconds(20);

  private final OidcClient http;
  private final StateFile stateFile;
  private final Clock clock;
  private final SignInCache.Entry cached;

  /** Fetches tokens for the employee in {@code stateFile}, but for those that are at hand. */
  public RefreshingTokenSource(
      OidcClient http, StateFile stateFile, Clock clock, SignInCache.Entry cached) {
    this.http = http;
    this.stateFile = stateFile;
    this.clock = clock;
    this.cached = cached;
  }

  /** Takes tokens that a sign-in just brought. */
  public synchronized void accept(TokenSet fresh) {
    cached.put(fresh);
  }

  @Override
  public String token() throws AgentException {
    return tokens().accessToken();
  }

  @Override
  public boolean isAtHand() {
    return atHand() != null;
  }

  private @Nullable TokenSet atHand() {
    TokenSet known = cached.tokens();
    return known == null || endsSoon(known.expiresAt()) ? null : known;
  }

  /** The tokens, with who and when. */
  public synchronized TokenSet tokens() throws AgentException {
    TokenSet known = atHand();
    return known == null ? refresh() : known;
  }

  /** The time by the realm's clock (spec HK1-E-18). */
  public Instant realmTime() throws AgentException {
    return realmTime(tokens());
  }

  /** The same, as far as it was ahead when these came. */
  Instant realmTime(TokenSet compared) {
    return clock.instant().plus(compared.realmAhead());
  }

  /** Whether a token that ends then might end on its way. */
  boolean endsSoon(Instant expiresAt) {
    return clock.instant().isAfter(expiresAt.minus(MARGIN));
  }

  @Override
  public synchronized String renewed(String refused) throws AgentException {
    TokenSet known = cached.tokens();
    if (known == null || known.accessToken().equals(refused)) {
      cached.refused();
      known = refresh();
    }
    return known.accessToken();
  }

  /** Gives the offline token back to Keycloak; false when it could not, and it lives on there. */
  public synchronized boolean revoke() throws AgentException {
    AgentState state = stateFile.require();
    String refreshToken = state.refreshToken();
    if (refreshToken == null) {
      return true;
    }
    return http.revoke(
        endpoints(state.profile().issuer()), state.profile().agentClientId(), refreshToken);
  }

  /** The realm where the employee signed in. */
  synchronized OidcEndpoints realm() throws AgentException {
    return endpoints(stateFile.require().profile().issuer());
  }

  /** Whether the realm exchanges offline tokens at each use. */
  boolean areExchanged() throws AgentException {
    String refreshToken = stateFile.require().refreshToken();
    return refreshToken != null && TokenSet.isExchanged(refreshToken);
  }

  /**
   * Tokens bound to the key of a proof. The offline token among them is bound, too, and would give
   * no token any more that the portal takes: it is not kept, and the one at hand stays good where
   * they are not exchanged.
   */
  OidcResult<TokenSet> bound(String proof) throws AgentException {
    AgentState state = stateFile.require();
    return switch (ask(state, proof)) {
      case OidcResult.Success<TokenSet.TokenResponse>(TokenSet.TokenResponse tokenResponse) ->
          new OidcResult.Success<>(samePerson(TokenSet.of(tokenResponse, clock.instant()), state));
      case OidcResult.Denied<TokenSet.TokenResponse>(OidcClient.OAuthError error) ->
          new OidcResult.Denied<>(error);
    };
  }

  private TokenSet refresh() throws AgentException {
    List<TokenSet> fetched = new ArrayList<>(1);
    try {
      stateFile.update(
          newest -> {
            TokenSet tokens = fetch(newest);
            fetched.add(tokens);
            return newest.withRefreshToken(tokens.refreshToken());
          });
    } catch (AgentException e) {
      if (fetched.isEmpty() || e.result() != RunResult.LOCAL) {
        throw e;
      }
      // A full disk, such as one that shall be backed up before room is made on it. The tokens are
      // good for this run, and giving up would not keep them either.
    }
    TokenSet tokens = fetched.getFirst();
    cached.put(tokens);
    return tokens;
  }

  private OidcResult<TokenSet.TokenResponse> ask(AgentState state, String proof)
      throws AgentException {
    String refreshToken = state.refreshToken();
    if (refreshToken == null) {
      throw new AgentException(RunResult.REFUSED, "login.again");
    }
    return http.form(
        endpoints(state.profile().issuer()).token(),
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            state.profile().agentClientId(),
            "refresh_token",
            refreshToken),
        proof,
        TokenSet.TokenResponse.class);
  }

  private TokenSet fetch(AgentState state) throws AgentException {
    return switch (ask(state, "")) {
      case OidcResult.Success<TokenSet.TokenResponse>(TokenSet.TokenResponse tokenResponse) ->
          samePerson(TokenSet.of(tokenResponse, clock.instant()), state);
      case OidcResult.Denied<TokenSet.TokenResponse> refused ->
          throw new AgentException(RunResult.REFUSED, "login.again");
    };
  }

  private synchronized OidcEndpoints endpoints(String issuer) throws AgentException {
    OidcEndpoints known = cached.endpoints(clock.instant());
    if (known == null) {
      known = OidcEndpoints.discover(http, issuer);
      cached.put(known, clock.instant());
    }
    return known;
  }

  private static TokenSet samePerson(TokenSet tokens, AgentState state) throws AgentException {
    boolean same =
        tokens.subject().equals(state.profile().subject())
            && tokens.issuer().equals(state.profile().issuer());
    if (!same) {
      throw new AgentException(RunResult.REFUSED, "login.other-person");
    }
    return tokens;
  }
}
