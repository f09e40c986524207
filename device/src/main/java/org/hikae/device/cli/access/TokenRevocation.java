package org.hikae.device.cli.access;

import java.util.Optional;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.login.OidcClient;
import org.hikae.device.login.OidcEndpoints;
import org.hikae.device.login.TokenSet;
import org.hikae.device.state.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * Gives offline tokens back that nobody will use, at the realm that gave them. Each is tried once,
 * because a person waits; whether it could be done changes nothing else.
 */
final class TokenRevocation {

  private final AgentEnvironment here;

  TokenRevocation(AgentEnvironment here) {
    this.here = here;
  }

  /** A sign-in that is refused; false when its token lives on. */
  boolean refused(@Nullable String caPem, OidcEndpoints realm, String clientId, TokenSet tokens) {
    return once(caPem, client -> client.revoke(realm, clientId, tokens.refreshToken()));
  }

  /**
   * The sign-in in whose place another one is stored. A realm ends a session with all of its
   * tokens, so one that is of the same session, or does not say of which, is left alone: what is in
   * use now would end with it.
   *
   * @param realm where the new one was made
   * @return false when it should have been ended and lives on
   */
  boolean replaced(@Nullable AgentState former, OidcEndpoints realm, TokenSet tokens) {
    String refreshToken = former == null ? null : former.refreshToken();
    if (former == null || refreshToken == null) {
      return true;
    }
    Optional<String> ends = TokenSet.session(refreshToken);
    Optional<String> stays = TokenSet.session(tokens.refreshToken());
    if (ends.isEmpty() || stays.isEmpty() || ends.equals(stays)) {
      return true;
    }
    String issuer = former.profile().issuer();
    boolean same = issuer.equals(realm.issuer());
    return once(
        former.profile().caPem(),
        client ->
            client.revoke(
                same ? realm : OidcEndpoints.discover(client, issuer),
                former.profile().agentClientId(),
                refreshToken));
  }

  /** A call that says whether the token was taken back. */
  @FunctionalInterface
  private interface RevocationCall {
    boolean ask(OidcClient client) throws AgentException;
  }

  private boolean once(@Nullable String caPem, RevocationCall call) {
    try (HttpTransport wire =
        new HttpTransport(
            TrustedAuthorities.context(caPem), RetryPolicy.ONCE, here.pause(), here.random())) {
      return call.ask(new OidcClient(wire));
    } catch (AgentException e) {
      return false;
    }
  }
}
