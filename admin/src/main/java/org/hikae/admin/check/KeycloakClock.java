package org.hikae.admin.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.WebClient;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak's clock, as the tokens have it that portal and vault check: it says no time in its
 * answers' headers, so the directory's account asks for a token and reads when it was issued.
 */
public final class KeycloakClock implements ClockCheck.ClockSource {

  private static final int PAYLOAD = 1;

  /** A token has whole seconds, cut off. */
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final KeycloakClient keycloak;
  private final PortalSettings settings;
  private final Clock clock;

  /** Of the realm of these settings. */
  public KeycloakClock(WebClient web, PortalSettings settings, Clock clock) {
    this.keycloak = new KeycloakClient(web, settings.realm());
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public @Nullable Duration ahead() throws IOException {
    Instant sent = clock.instant();
    String token =
        keycloak
            .byClient(RealmNames.DIRECTORY_CLIENT, settings.text("HIKAE_DIRECTORY_SECRET"))
            .token();
    Duration way = Duration.between(sent, clock.instant());
    String[] parts = token.split("\\.", -1);
    if (parts.length <= PAYLOAD) {
      return null;
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[PAYLOAD]);
      long issued =
          ResponseJson.object(new String(payload, StandardCharsets.UTF_8)).path("iat").asLong(0);
      return issued == 0
          ? null
          : Duration.between(
              sent.plus(way.dividedBy(2)), Instant.ofEpochSecond(issued).plus(HALF_SECOND));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
