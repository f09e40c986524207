package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.hikae.device.http.Sleeper;
import org.hikae.device.login.SignInCache.Entry;
import org.hikae.device.login.SignInCache.RetainedToken;
import org.hikae.device.portal.VaultTokenSource.VaultToken;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.SignInProfile;
import org.junit.jupiter.api.Test;

/** For which sign-in something is used again, and for which not. */
class SignInCacheTest {

  private static final Instant BEGIN = Instant.parse("2026-12-01T12:00:00Z");
  private static final String OFFLINE = "offline";

  private final SignInCache cache = new SignInCache();
  private Duration byTheClock = Duration.ZERO;
  private Duration awake = Duration.ZERO;

  private static SignInProfile profile(String server, String subject) {
    return new SignInProfile(
        server, "https://sso.example/realms/a", "hikae-agent", subject, "Ann", null, null, null);
  }

  private static AgentState signedIn(SignInProfile profile, String key, String offline) {
    return AgentState.enrolled(profile, new DeviceKeyPair("laptop", "secret", key), offline);
  }

  private static AgentState signedIn(String offline) {
    return signedIn(profile("https://portal.example", "ann"), "key", offline);
  }

  private static TokenSet tokens(String offline) {
    return new TokenSet(
        "access", false, offline, "issuer", "ann", BEGIN, BEGIN.plusSeconds(300), Duration.ZERO);
  }

  private void goesOn(Duration clock, Duration computer) {
    byTheClock = byTheClock.plus(clock);
    awake = awake.plus(computer);
  }

  private Entry of(AgentState state) throws Exception {
    InstantSource clock = () -> BEGIN.plus(byTheClock);
    Clock zoned = clock.withZone(ZoneOffset.UTC);
    return cache.of(
        state,
        zoned,
        new Sleeper() {
          @Override
          public void wait(Duration duration) {}

          @Override
          public long nanos() {
            return awake.toNanos();
          }
        });
  }

  private Entry filled() throws Exception {
    Entry entry = of(signedIn(OFFLINE));
    entry.put(tokens(OFFLINE));
    return entry;
  }

  @Test
  void the_next_command_of_a_sign_in_has_what_the_one_before_had() throws Exception {
    Entry first = filled();
    goesOn(Duration.ofMinutes(4), Duration.ofMinutes(4).plusSeconds(1));
    assertThat(of(signedIn(OFFLINE))).isSameAs(first);
    assertThat(first.tokens()).isNotNull().extracting(TokenSet::accessToken).isEqualTo("access");
  }

  /** As the thread that gets ready leaves it for the command. */
  @Test
  void one_that_nobody_has_used_yet_is_of_its_sign_in_too() throws Exception {
    Entry first = of(signedIn(OFFLINE));
    goesOn(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(of(signedIn(OFFLINE))).isSameAs(first);
    assertThat(of(signedIn("another"))).isNotSameAs(first);
  }

  @Test
  void the_offline_token_is_not_in_it() throws Exception {
    assertThat(filled().tokens()).isNotNull().extracting(TokenSet::refreshToken).isEqualTo("");
  }

  @Test
  void nothing_is_of_another_sign_in() throws Exception {
    SignInProfile same = profile("https://portal.example", "ann");
    for (AgentState other :
        new AgentState[] {
          signedIn("another"),
          signedIn(OFFLINE).withRefreshToken(null),
          signedIn(same, "another key", OFFLINE),
          signedIn(profile("https://other.example", "ann"), "key", OFFLINE),
          signedIn(profile("https://portal.example", "bob"), "key", OFFLINE)
        }) {
      Entry first = filled();
      assertThat(of(other)).isNotSameAs(first);
      assertThat(of(other).tokens()).isNull();
    }
  }

  @Test
  void nothing_is_used_again_after_the_clock_was_set_or_the_computer_slept() throws Exception {
    Entry first = filled();
    goesOn(Duration.ofSeconds(-20), Duration.ofSeconds(1));
    Entry second = filled();
    assertThat(second).as("set back").isNotSameAs(first);
    goesOn(Duration.ofSeconds(20), Duration.ofSeconds(1));
    assertThat(of(signedIn(OFFLINE))).as("slept, or set ahead").isNotSameAs(second);
  }

  @Test
  void what_was_asked_for_beside_a_refused_token_goes_with_it() throws Exception {
    Entry entry = filled();
    entry.put(new RetainedToken(new VaultToken("bound", "", false), BEGIN, BEGIN.plusSeconds(300)));
    entry.refused();
    assertThat(entry.tokens()).isNull();
    assertThat(entry.bound()).isNull();
  }

  @Test
  void addresses_of_the_realm_count_for_an_hour() throws Exception {
    Entry entry = filled();
    URI place = URI.create("https://sso.example/x");
    entry.put(new OidcEndpoints("issuer", place, place, place, place, true), BEGIN);
    assertThat(entry.endpoints(BEGIN.plus(Duration.ofMinutes(59)))).isNotNull();
    assertThat(entry.endpoints(BEGIN.plus(Duration.ofMinutes(60)))).isNull();
  }
}
