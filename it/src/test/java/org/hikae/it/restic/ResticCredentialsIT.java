package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;

/**
 * Who may use restic's protocol, and for how long (HK1-G-01, HK1-G-02, HK1-G-05). Time budget: 20
 * seconds beside the system's start.
 */
@EveryThirdRun
class ResticCredentialsIT {

  /** Nothing here depends on SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final int ASKED = 50;

  private static void assertFinal(ResticDevice resticDevice, int status, String code)
      throws Exception {
    byte[] bytes = ApiDevice.random(30);
    List<ApiReply> replies =
        List.of(
            resticDevice.send("HEAD", "config"),
            resticDevice.send("GET", "data/"),
            resticDevice.post("data/" + Hash256.sha256(bytes).hex(), bytes),
            resticDevice.send("DELETE", "locks/" + Hash256.sha256(bytes).hex()),
            resticDevice.send("POST", "?create=true"));
    assertThat(replies).extracting(ApiReply::status).containsOnly(status);
    assertThat(replies.get(1).code()).isEqualTo(code);
  }

  @Test
  void a_credential_opens_its_own_repository_only() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ResticDevice other = ResticDevice.on(KIND);
    assertThat(resticDevice.send("GET", "data/").status()).isEqualTo(200);
    assertFinal(resticDevice.asking(other.repository()), 401, "unauthenticated");
    assertFinal(resticDevice.asking("0".repeat(32)), 401, "unauthenticated");
    assertFinal(resticDevice.saying(other.password()), 401, "unauthenticated");
    assertFinal(resticDevice.saying(""), 401, "unauthenticated");
    ApiClient anonymous = TestCompany.on(KIND).anonymous();
    for (String header :
        List.of("Basic", "Basic !", "Basic " + "A".repeat(600), "Digest x", "Monitoring x")) {
      ApiReply reply = anonymous.with("Authorization", header).get(resticDevice.at("data/"));
      assertThat(reply.status()).as(header).isEqualTo(401);
      assertThat(reply.headers().firstValue("WWW-Authenticate").orElse(""))
          .as(header)
          .isEqualTo("Basic realm=\"Hikae\", charset=\"UTF-8\"");
    }
    assertThat(anonymous.get(resticDevice.at("data/")).status()).isEqualTo(401);
    ApiClient token = TestCompany.on(KIND).agentOf(resticDevice.person());
    assertThat(token.get(resticDevice.at("data/")).status()).as("a token is none").isEqualTo(401);
    assertThat(resticDevice.api().get("/v1/device/storage").status()).as("no token").isEqualTo(401);
  }

  @FullRunOnly
  @Test
  void two_people_who_ask_at_once_each_see_their_own() throws Exception {
    List<ResticDevice> clients = List.of(ResticDevice.on(KIND), ResticDevice.on(KIND));
    List<Future<?>> asking = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(2 * clients.size())) {
      for (ResticDevice resticDevice : clients) {
        String own = resticDevice.stored("data", ApiDevice.random(30)).substring("data/".length());
        for (int i = 0; i < 2; i++) {
          asking.add(pool.submit(() -> assertOnly(resticDevice, own)));
        }
      }
      for (Future<?> one : asking) {
        one.get();
      }
    }
  }

  private static Void assertOnly(ResticDevice resticDevice, String own) throws Exception {
    for (int i = 0; i < ASKED; i++) {
      assertThat(resticDevice.send("HEAD", "data/" + own).status()).isEqualTo(200);
      JsonNode names = resticDevice.send("GET", "data/").json();
      assertThat(names).hasSize(1);
      assertThat(names.get(0).asText()).isEqualTo(own);
    }
    return null;
  }

  @Test
  void the_password_is_shown_once_and_a_revoked_credential_is_over() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ResticDevice second = resticDevice.again();
    assertThat(second.repository()).isEqualTo(resticDevice.repository());
    resticDevice.stored("snapshots", ApiDevice.random(40));
    JsonNode listed = resticDevice.session().get(ResticDevice.CREDENTIALS).json();
    assertThat(listed).hasSize(2);
    assertThat(listed.toString()).doesNotContain(resticDevice.password(), second.password());
    assertThat(listed.get(1).path("username").asText()).isEqualTo(resticDevice.username());
    assertThat(listed.get(1).hasNonNull("lastUsedAt")).isTrue();
    assertThat(listed.get(0).hasNonNull("lastUsedAt")).isFalse();
    assertThat(
            resticDevice
                .session()
                .get("/v1/device/devices")
                .json()
                .get(0)
                .hasNonNull("lastBackupAt"))
        .as("a snapshot counts as a backup")
        .isTrue();
    String path = ResticDevice.CREDENTIALS + "/" + resticDevice.username();
    ApiClient stranger = ResticDevice.on(KIND).session();
    assertThat(stranger.send("DELETE", path, null, null).status()).isEqualTo(404);
    assertThat(resticDevice.session().send("DELETE", path, null, null).status()).isEqualTo(204);
    assertThat(resticDevice.session().send("DELETE", path, null, null).status()).isEqualTo(204);
    assertFinal(resticDevice, 401, "unauthenticated");
    assertThat(second.send("GET", "snapshots/").json()).hasSize(1);
  }

  @Test
  void an_expired_credential_is_over_and_there_are_ten_at_most() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    for (int i = 1; i < 10; i++) {
      resticDevice.again();
    }
    ApiReply eleventh = resticDevice.session().send("POST", ResticDevice.CREDENTIALS, null, null);
    assertThat(eleventh.code()).isEqualTo("conflict");
    resticDevice.change(
        "update restic_credential set expires_at = made_at where credential_id = ?",
        resticDevice.username());
    assertFinal(resticDevice, 401, "unauthenticated");
    assertThat(resticDevice.again().send("GET", "data/").status()).isEqualTo(200);
  }

  @Test
  void a_stopped_device_and_a_disabled_employee_are_refused_for_good() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String state = "update device set state = ? where device_id = ?";
    resticDevice.change(state, "PAUSED", resticDevice.device().id());
    assertFinal(resticDevice, 403, "device-paused");
    resticDevice.change(state, "ACTIVE", resticDevice.device().id());
    assertThat(resticDevice.send("GET", "data/").status()).isEqualTo(200);
    resticDevice.change(state, "REVOKED", resticDevice.device().id());
    assertFinal(resticDevice, 403, "device-revoked");

    ResticDevice leaver = ResticDevice.on(KIND);
    TestCompany company = TestCompany.on(KIND);
    company.people().setEnabled(leaver.person(), false);
    ApiReply synced = company.admin().send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(synced.status()).as("%s", synced).isEqualTo(200);
    assertFinal(leaver, 403, "employee-disabled");
  }

  @Test
  void after_an_opt_out_what_is_there_can_be_read_and_nothing_enters() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] bytes = ApiDevice.random(50);
    String path = resticDevice.stored("data", bytes);
    resticDevice.change(
        "update backup_set set state = 'WITHDRAWN', current_of = null where set_id = ?",
        resticDevice.device().setId());
    assertThat(resticDevice.send("GET", path).body()).isEqualTo(bytes);
    byte[] late = ApiDevice.random(51);
    ApiReply refused = resticDevice.post("data/" + Hash256.sha256(late).hex(), late);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("not-opted-in");
    ApiReply none = resticDevice.session().send("POST", ResticDevice.CREDENTIALS, null, null);
    assertThat(none.code()).isEqualTo("not-opted-in");
  }

  @Test
  void the_policy_may_forbid_releasing() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String lock = resticDevice.stored("locks", ApiDevice.random(60));
    String data = resticDevice.stored("data", ApiDevice.random(61));
    ApiClient admin = TestCompany.on(KIND).admin();
    JsonNode found =
        admin.get("/v1/admin/employees?search=" + resticDevice.person().username()).json();
    ApiReply made =
        admin.json(
            "PUT",
            "/v1/admin/policies/scopes/employee/" + found.at("/employees/0/employeeId").asLong(),
            Map.of("replaces", 0, "values", Map.of("resticRelease", false)));
    assertThat(made.status()).as("%s", made).isEqualTo(200);
    ApiReply refused = resticDevice.send("DELETE", data);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("release-not-allowed");
    assertThat(resticDevice.send("DELETE", "config").status()).isEqualTo(403);
    assertThat(resticDevice.send("HEAD", data).status()).isEqualTo(200);
    assertThat(resticDevice.send("DELETE", lock).status()).isEqualTo(200);
  }

  @Test
  void guessing_is_slowed_down_and_does_not_keep_the_right_one_out() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ResticDevice guesser = resticDevice.saying("guess");
    boolean slowed = false;
    for (int i = 0; i < 200 && !slowed; i++) {
      ApiReply reply = guesser.send("HEAD", "config");
      assertThat(reply.status()).isIn(401, 429);
      slowed = reply.status() == 429 && reply.headers().firstValue("Retry-After").isPresent();
    }
    assertThat(slowed).isTrue();
    assertThat(resticDevice.send("GET", "data/").status()).isEqualTo(200);
  }
}
