package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.Sleeper;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.Test;

/** Polling ends, whatever the realm says. */
class DeviceCodeLoginTest {

  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(NOON);

  @Test
  void a_code_that_is_said_to_be_good_for_years_is_given_up_after_half_an_hour() throws Exception {
    Sleeper sleeper = clock::advance;
    try (FakeHttpServer realm = new FakeHttpServer(exchange -> {});
        HttpTransport wire =
            new HttpTransport(
                TrustedAuthorities.context(null),
                RetryPolicy.STANDARD,
                sleeper,
                new SplittableRandom(1))) {
      String page = realm.uri() + "/confirm";
      realm.answer(
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean token = exchange.getRequestURI().getPath().equals("/token");
            FakeHttpServer.send(
                exchange,
                token ? 400 : 200,
                "application/json",
                token
                    ? "{\"error\":\"slow_down\"}"
                    : "{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\""
                        + page
                        + "\",\"expires_in\":999999999,\"interval\":999999}");
          });
      DeviceCodeLogin login =
          new DeviceCodeLogin(
              new OidcClient(wire),
              endpoints(realm.uri()),
              "hikae-agent",
              clock,
              sleeper,
              new SecureRandom());

      assertThatThrownBy(() -> login.signIn(code -> {}))
          .isInstanceOf(AgentException.class)
          .hasMessage("login.code-expired");
      assertThat(Duration.between(NOON, clock.instant())).isEqualTo(Duration.ofMinutes(30));
      assertThat(realm.requests()).hasSize(1 + 30);
    }
  }

  @Test
  void people_are_led_to_the_page_that_shows_the_code_before_they_go_on() {
    assertThat(code("ABCD-EFGH", "https://realm.example/device").page())
        .isEqualTo("https://realm.example/device#user_code=ABCD-EFGH");
    assertThat(code("A<b> c", "https://realm.example/device").page())
        .isEqualTo("https://realm.example/device");
    assertThat(code("ABCD", "https://realm.example/#/device").page())
        .isEqualTo("https://realm.example/#/device");
  }

  private static DeviceCodeLogin.UserCode code(String code, String uri) {
    return new DeviceCodeLogin.UserCode(code, uri, uri + "?user_code=" + code, NOON);
  }

  private static OidcEndpoints endpoints(URI realm) {
    return new OidcEndpoints(
        realm.toString(),
        realm.resolve("/authorize"),
        realm.resolve("/device"),
        realm.resolve("/token"),
        realm.resolve("/revoke"),
        false);
  }
}
