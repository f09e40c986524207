package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.junit.jupiter.api.Test;

class BucketCheckTest {

  private static final URI PORTAL = URI.create("https://backup.example.org");
  private static final String READY = PORTAL + "/api/health/ready";

  private final FakeWebClient web = new FakeWebClient();

  @Test
  void the_portal_says_whether_it_can_use_its_bucket() {
    BucketCheck check = new BucketCheck(web, PORTAL, "hikae");
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.BUCKET_UNKNOWN, "hikae", "ConnectException"));
    web.answers(READY, 200, "{\"ready\":true,\"storage\":\"UP\"}");
    assertThat(check.look()).containsExactly(DoctorFinding.of(FindingCode.BUCKET_OK, "hikae"));
    web.answers(READY, 503, "{\"ready\":false,\"storage\":\"CREDENTIALS\"}");
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.BUCKET_FAULT, "hikae", "CREDENTIALS"));
    web.answers(READY, 404, "<html>not here</html>");
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.BUCKET_UNKNOWN, "hikae", "status 404"));
    assertThat(new BucketCheck(web, PORTAL, "").look())
        .containsExactly(DoctorFinding.of(FindingCode.BUCKET_NONE));
  }
}
