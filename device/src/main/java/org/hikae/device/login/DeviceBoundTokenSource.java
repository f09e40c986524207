package org.hikae.device.login;

import java.security.SecureRandom;
import java.time.Instant;
import org.hikae.device.AgentException;
import org.hikae.device.login.OidcClient.OidcResult;
import org.hikae.device.login.SignInCache.RetainedToken;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.portal.VaultTokenSource;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens for the vault that are of use to this device alone: the realm binds them to the
 * device's key (RFC 9449), and the vault takes them with that key's signature only (spec HK1-E-16,
 * HK1-V-43). The portal, which sees the tokens that it is sent itself, never sees these, and could
 * do nothing with the others at a vault that wants these. Where the realm binds none, the vault
 * gets the portal's kind and decides. Thread-safe.
 */
public final class DeviceBoundTokenSource implements VaultTokenSource {

  private static final String NOT_OFFERED = "dpop-not-offered";
  private static final String NOT_BOUND = "dpop-passed-over";
  private static final String NOT_TAKEN = "earlier-vault";
  private static final String EXCHANGED = "offline-tokens-exchanged";

  private final RefreshingTokenSource tokens;
  private final DeviceIdentity device;
  private final SecureRandom random;
  private final SignInCache.Entry cached;

  private @Nullable RetainedToken retained;
  private boolean plainOnly;

  /**
   * Tokens of the sign-in behind {@code tokens}, bound to the key of {@code device}, but for one
   * that is at hand.
   */
  public DeviceBoundTokenSource(
      RefreshingTokenSource tokens,
      DeviceIdentity device,
      SecureRandom random,
      SignInCache.Entry cached) {
    this.tokens = tokens;
    this.device = device;
    this.random = random;
    this.cached = cached;
  }

  @Override
  public synchronized VaultToken token() throws AgentException {
    TokenSet signIn = tokens.tokens();
    if (plainOnly) {
      return unbound(signIn, NOT_TAKEN).token();
    }
    RetainedToken known = retained == null ? cached.bound() : retained;
    // After another sign-in a token that says so is wanted.
    if (known == null
        || !known.authTime().equals(signIn.authTime())
        || tokens.endsSoon(known.expiresAt())) {
      known = bind(signIn);
      retained = known;
      if (known.token().bound()) {
        // Why there is none is asked anew by the next command.
        cached.put(known);
      }
    }
    return known.token();
  }

  @Override
  public String plain() throws AgentException {
    return tokens.token();
  }

  @Override
  public Instant now() throws AgentException {
    return tokens.realmTime();
  }

  @Override
  public void compareClocks() throws AgentException {
    // What a token anew says of the realm's time is kept with it.
    String _ = tokens.renewed(tokens.token());
  }

  @Override
  public synchronized void plainOnly() {
    plainOnly = true;
    cached.refusedBound();
  }

  private RetainedToken bind(TokenSet signIn) throws AgentException {
    OidcEndpoints realm = tokens.realm();
    if (!realm.bindsTokens()) {
      return unbound(signIn, NOT_OFFERED);
    }
    if (tokens.areExchanged()) {
      return unbound(signIn, EXCHANGED);
    }
    OidcResult<TokenSet> outcome = tokens.bound(proof(realm, signIn));
    if (outcome instanceof OidcResult.Denied<TokenSet>) {
      // The clock was set since it was compared with the realm's, or the proof arrived late or
      // twice. A token anew compares the clocks anew, and says whether the sign-in has ended.
      tokens.renewed(signIn.accessToken());
      outcome = tokens.bound(proof(realm, tokens.tokens()));
    }
    return switch (outcome) {
      case OidcResult.Success<TokenSet>(TokenSet bound) when bound.bound() ->
          new RetainedToken(
              // It has the time that the realm keeps with the offline session.
              new VaultToken(bound.accessToken(), "", bound.authTime().isBefore(signIn.authTime())),
              signIn.authTime(),
              bound.expiresAt());
      case OidcResult.Success<TokenSet> bearer -> unbound(tokens.tokens(), NOT_BOUND);
      case OidcResult.Denied<TokenSet>(OidcClient.OAuthError error) ->
          unbound(tokens.tokens(), error.reason());
    };
  }

  private String proof(OidcEndpoints realm, TokenSet compared) {
    return DpopProof.of(device, realm.token(), tokens.realmTime(compared), random);
  }

  private static RetainedToken unbound(TokenSet signIn, String why) {
    return new RetainedToken(
        new VaultToken(signIn.accessToken(), why, false), signIn.authTime(), signIn.expiresAt());
  }
}
