package org.hikae.admin.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One check that breaks or hangs hides no other, and the worst finding decides. */
class DoctorTest {

  private static final DoctorFinding FINE = DoctorFinding.of(FindingCode.VAULT_OK, "demo", "here");

  /** A check that does this. */
  private record FakeCheck(String name, CheckBody looking) implements InstallationCheck {
    @Override
    public List<DoctorFinding> look() throws IOException {
      return looking.look();
    }
  }

  private interface CheckBody {
    List<DoctorFinding> look() throws IOException;
  }

  @Test
  void a_check_that_breaks_or_hangs_is_a_finding_and_the_others_are_made() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    DoctorReport report =
        new Doctor(
                List.of(
                    new FakeCheck(
                        "silent",
                        () -> {
                          throw new IOException(new ConnectException("Connection refused"));
                        }),
                    new FakeCheck(
                        "defect",
                        () -> {
                          throw new IllegalStateException("oops");
                        }),
                    new FakeCheck(
                        "hanging",
                        () -> {
                          try {
                            never.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return List.of();
                        }),
                    new FakeCheck("fine", () -> List.of(FINE))),
                Duration.ofMillis(200))
            .examine();
    assertThat(report.findings())
        .extracting(DoctorFinding::code)
        .containsExactly(
            FindingCode.DOCTOR_BROKEN,
            FindingCode.DOCTOR_BROKEN,
            FindingCode.DOCTOR_BROKEN,
            FindingCode.VAULT_OK);
    assertThat(report.findings().get(0).arguments().get(1)).contains("Connection refused");
    assertThat(report.findings().get(1).arguments().get(1)).contains("oops");
    assertThat(report.findings().get(2).arguments().get(1)).contains("no answer");
    assertThat(report.exitCode()).isEqualTo(2);
  }

  @Test
  void the_worst_finding_decides_the_exit_code() {
    DoctorFinding skipped = DoctorFinding.of(FindingCode.VAULT_NONE);
    DoctorFinding warning = DoctorFinding.of(FindingCode.VAULT_SOFTWARE);
    DoctorFinding problem = DoctorFinding.of(FindingCode.VAULT_CLOSED, "here");
    assertThat(new DoctorReport(List.of()).exitCode()).isZero();
    assertThat(new DoctorReport(List.of(FINE, skipped)).exitCode()).isZero();
    assertThat(new DoctorReport(List.of(warning, FINE)).exitCode()).isEqualTo(1);
    assertThat(new DoctorReport(List.of(problem, warning, FINE)).exitCode()).isEqualTo(2);
  }

  @Test
  void people_get_sentences_and_programs_get_lines_of_json() throws Exception {
    DoctorReport report =
        new DoctorReport(
            List.of(FINE, DoctorFinding.of(FindingCode.VAULT_CLOSED, "/run/vault.sock")));
    StringWriter text = new StringWriter();
    new DoctorReportWriter(new PrintWriter(text), DoctorMessages.in("en")).write(report);
    assertThat(text.toString())
        .contains("PROBLEM  vault        The vault at /run/vault.sock")
        .contains("hikae-vault status")
        .contains("1 problems, 0 warnings, 0 not looked at, 1 in order.");

    StringWriter lines = new StringWriter();
    new DoctorReportWriter(new PrintWriter(lines), DoctorMessages.in("ja")).writeJson(report);
    List<String> each = lines.toString().lines().toList();
    assertThat(each).hasSize(3);
    JsonNode closed = JsonMapper.builder().build().readTree(each.get(1));
    assertThat(closed.path("code").asText()).isEqualTo("VAULT_CLOSED");
    assertThat(closed.path("level").asText()).isEqualTo("PROBLEM");
    assertThat(closed.path("message").asText()).contains("保管庫");
    JsonNode sum = JsonMapper.builder().build().readTree(each.get(2));
    assertThat(sum.path("problem").asInt()).isEqualTo(1);
    assertThat(sum.path("exitCode").asInt()).isEqualTo(2);
  }
}
