package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * What the portal keeps of restic's passwords, and for whom (HK1-G-10, HK1-G-11). Time budget: 15
 * seconds beside the system's start.
 */
@EveryThirdRun
class ResticPasswordsIT {

  /** Nothing here depends on SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final String REPOSITORIES = "/v1/device/restic/repositories";

  private static byte[] wrap() {
    byte[] wrap = ApiDevice.random(ResticWrap.BYTES);
    byte[] head = {'H', 'K', '1', 't', 0, 1, 0, 0};
    System.arraycopy(head, 0, wrap, 0, head.length);
    return wrap;
  }

  private static ApiReply keep(ApiClient session, String repository, Object put) {
    return session.json("PUT", REPOSITORIES + "/" + repository + "/password", put);
  }

  private static PutResticPassword put(ResticDevice resticDevice, int number, byte[] wrap) {
    return new PutResticPassword(resticDevice.device().setId(), 1, number, TextCodec.base64(wrap));
  }

  @Test
  void passwords_are_added_one_after_the_other_and_never_replaced() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ApiClient session = resticDevice.session();
    String repository = resticDevice.repository();
    byte[] first = wrap();
    assertThat(keep(session, repository, put(resticDevice, 2, first)).code()).isEqualTo("conflict");
    assertThat(keep(session, repository, put(resticDevice, 1, first)).status()).isEqualTo(204);
    assertThat(keep(session, repository, put(resticDevice, 1, first)).status()).isEqualTo(204);
    assertThat(keep(session, repository, put(resticDevice, 1, wrap())).code())
        .isEqualTo("conflict");
    for (int number = 2; number <= ResticWrap.MAX_KEPT; number++) {
      assertThat(keep(session, repository, put(resticDevice, number, wrap())).status())
          .isEqualTo(204);
    }
    assertThat(keep(session, repository, put(resticDevice, 21, wrap())).status()).isEqualTo(400);
    JsonNode kept = session.get(REPOSITORIES).json().get(0).path("passwords");
    assertThat(kept).hasSize(ResticWrap.MAX_KEPT);
    assertThat(kept.get(0).path("number").asInt()).isEqualTo(ResticWrap.MAX_KEPT);
    assertThat(kept.get(ResticWrap.MAX_KEPT - 1).path("blob").asText())
        .isEqualTo(TextCodec.base64(first));
  }

  @Test
  void what_does_not_fit_the_set_or_the_form_is_refused() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ApiClient session = resticDevice.session();
    String repository = resticDevice.repository();
    String set = resticDevice.device().setId();
    String blob = TextCodec.base64(wrap());
    ApiReply other = keep(session, repository, new PutResticPassword("0".repeat(32), 1, 1, blob));
    assertThat(other.status()).isEqualTo(404);
    ApiReply later = keep(session, repository, new PutResticPassword(set, 2, 1, blob));
    assertThat(later.code()).isEqualTo("key-rotated");
    for (String wrong : new String[] {"", "AAAA", blob + "AA", "A" + blob.substring(1)}) {
      ApiReply refused = keep(session, repository, new PutResticPassword(set, 1, 1, wrong));
      assertThat(refused.status()).as(wrong).isEqualTo(400);
    }
    assertThat(keep(session, repository, Map.of("setId", set)).status()).isEqualTo(400);
    ResticDevice stranger = ResticDevice.on(KIND);
    assertThat(keep(stranger.session(), repository, put(resticDevice, 1, wrap())).status())
        .isEqualTo(404);
    assertThat(stranger.session().get(REPOSITORIES).text()).doesNotContain(repository);
    assertThat(session.get(REPOSITORIES).json().get(0).path("passwords")).isEmpty();
  }

  @Test
  void another_device_of_the_employee_reads_by_a_credential_of_its_own() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] pack = ApiDevice.random(70);
    String path = resticDevice.stored("data", pack);
    ApiDevice second =
        ApiDevice.enrol(TestCompany.on(KIND).agentOf(resticDevice.person()), "second");
    ApiClient session = second.session();
    JsonNode listed = session.get(REPOSITORIES).json().get(0);
    assertThat(listed.path("repository").asText()).isEqualTo(resticDevice.repository());
    assertThat(listed.path("deviceId").asText()).isEqualTo(resticDevice.device().id());
    String credentials = REPOSITORIES + "/" + resticDevice.repository() + "/credentials";
    ApiReply given = session.send("POST", credentials, null, null);
    assertThat(given.status()).as("%s", given.status()).isEqualTo(201);
    ResticDevice reading =
        new ResticDevice(
            KIND,
            resticDevice.person(),
            second,
            session,
            given.field("username"),
            given.field("password"),
            given.field("repository"));
    assertThat(reading.send("GET", path).body()).isEqualTo(pack);
    resticDevice.change("update device set state = ? where device_id = ?", "REVOKED", second.id());
    assertThat(reading.send("GET", path).status()).isEqualTo(403);
    assertThat(resticDevice.send("GET", path).body()).isEqualTo(pack);
    ApiClient stranger = ResticDevice.on(KIND).session();
    assertThat(stranger.send("POST", credentials, null, null).status()).isEqualTo(404);
  }
}
