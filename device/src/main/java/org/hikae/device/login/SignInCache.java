package org.hikae.device.login;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.hikae.device.AgentException;
import org.hikae.device.http.Sleeper;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.portal.DeviceSessionCache;
import org.hikae.device.portal.VaultTokenSource.VaultToken;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SignInProfile;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of one process have in common of a sign-in, so that an agent that stays asks
 * for it once: where the realm is, access tokens and the device session until they end, and whom
 * TLS trusts, with its sessions. In memory only, and without the offline token, the device's key,
 * and K.
 *
 * <p>It serves the very sign-in of the secrets file: after another one, or signing out, nothing is
 * used again. Nor is it when the clock was set, or the computer slept. Safe for several threads.
 */
public final class SignInCache {

  /** By how much two clocks may differ that tell the same time. */
  private static final Duration DRIFT = Duration.ofSeconds(5);

  private @Nullable Entry entry;

  /** What is at hand for the sign-in of this state; an empty entry for another one than before. */
  public synchronized Entry of(AgentState state, Clock clock, Sleeper sleeper)
      throws AgentException {
    Instant now = clock.instant();
    long nanos = sleeper.nanos();
    Hash256 owner = owner(state);
    Entry known = entry;
    if (known == null || !known.isOf(owner, state.refreshToken()) || !known.isLater(now, nanos)) {
      known =
          new Entry(
              owner, state.refreshToken(), TrustedAuthorities.context(state.profile().caPem()));
      entry = known;
    }
    known.usedAt(now, nanos);
    return known;
  }

  /** Who is signed in where, and by which authorities and key. */
  private static Hash256 owner(AgentState state) {
    SignInProfile profile = state.profile();
    return hash(
        String.join(
            "\0",
            profile.server(),
            profile.issuer(),
            profile.agentClientId(),
            profile.subject(),
            state.device().publicKey(),
            Objects.requireNonNullElse(profile.caPem(), "")));
  }

  private static Hash256 hash(String text) {
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A token for the vault, the sign-in it is of, and until when it serves. */
  record RetainedToken(VaultToken token, Instant authTime, Instant expiresAt) {}

  /** What is at hand of one sign-in. */
  public static final class Entry {

    /** How long the realm's addresses count; they change with the company's Keycloak only. */
    private static final Duration ENDPOINTS = Duration.ofHours(1);

    private final Hash256 owner;
    private final SSLContext tls;
    private final DeviceSessionCache session = new DeviceSessionCache();
    private @Nullable Hash256 offlineToken;
    private @Nullable TokenSet tokens;
    private @Nullable RetainedToken bound;
    private @Nullable OidcEndpoints endpoints;
    private Instant endpointsUntil = Instant.MIN;
    private Instant used = Instant.MIN;
    private long usedNanos;

    private Entry(Hash256 owner, @Nullable String offline, SSLContext tls) {
      this.owner = owner;
      this.offlineToken = offline == null ? null : hash(offline);
      this.tls = tls;
    }

    private synchronized boolean isOf(Hash256 other, @Nullable String offline) {
      Hash256 mine = offlineToken;
      return owner.equals(other) && offline != null && mine != null && mine.equals(hash(offline));
    }

    /** Whether both clocks have gone on together. */
    private synchronized boolean isLater(Instant now, long nanos) {
      Duration gone = Duration.between(used, now);
      return gone.minusNanos(nanos - usedNanos).abs().compareTo(DRIFT) <= 0;
    }

    private synchronized void usedAt(Instant now, long nanos) {
      used = now;
      usedNanos = nanos;
    }

    /** Whom TLS trusts. */
    public SSLContext tls() {
      return tls;
    }

    /** The device session. */
    public DeviceSessionCache session() {
      return session;
    }

    @Nullable
    synchronized TokenSet tokens() {
      return tokens;
    }

    /** Of the offline token only the hash is kept: the secrets file has it. */
    synchronized void put(TokenSet fresh) {
      tokens = fresh.withoutRefreshToken();
      offlineToken = hash(fresh.refreshToken());
    }

    /** A token was refused: so may be what was asked for beside it. */
    synchronized void refused() {
      tokens = null;
      bound = null;
    }

    /** The vault took the other kind: the next command asks for one anew. */
    synchronized void refusedBound() {
      bound = null;
    }

    @Nullable
    synchronized RetainedToken bound() {
      return bound;
    }

    synchronized void put(RetainedToken fresh) {
      bound = fresh;
    }

    @Nullable
    synchronized OidcEndpoints endpoints(Instant now) {
      return now.isBefore(endpointsUntil) ? endpoints : null;
    }

    synchronized void put(OidcEndpoints found, Instant now) {
      endpoints = found;
      endpointsUntil = now.plus(ENDPOINTS);
    }
  }
}
