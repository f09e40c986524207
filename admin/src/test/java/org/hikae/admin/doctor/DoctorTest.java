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

  private static final Finding FINE = Finding.of(Code.VAULT_OK, "demo", "here");

  /** A check that does this. */
  private record Fake(String name, Looking looking) implements Check {
    @Override
    public List<Finding> look() throws IOException {
      return looking.look();
    }
  }

  private interface Looking {
    List<Finding> look() throws IOException;
  }

  @Test
  void a_check_that_breaks_or_hangs_is_a_finding_and_the_others_are_made() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Report report =
        new Doctor(
                List.of(
                    new Fake(
                        "silent",
                        () -> {
                          throw new IOException(new ConnectException("Connection refused"));
                        }),
                    new Fake(
                        "defect",
                        () -> {
                          throw new IllegalStateException("oops");
                        }),
                    new Fake(
                        "hanging",
                        () -> {
                          try {
                            never.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return List.of();
                        }),
                    new Fake("fine", () -> List.of(FINE))),
                Duration.ofMillis(200))
            .examine();
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(Code.DOCTOR_BROKEN, Code.DOCTOR_BROKEN, Code.DOCTOR_BROKEN, Code.VAULT_OK);
    assertThat(report.findings().get(0).arguments().get(1)).contains("Connection refused");
    assertThat(report.findings().get(1).arguments().get(1)).contains("oops");
    assertThat(report.findings().get(2).arguments().get(1)).contains("no answer");
    assertThat(report.exitCode()).isEqualTo(2);
  }

  @Test
  void the_worst_finding_decides_the_exit_code() {
    Finding skipped = Finding.of(Code.VAULT_NONE);
    Finding warning = Finding.of(Code.VAULT_SOFTWARE);
    Finding problem = Finding.of(Code.VAULT_CLOSED, "here");
    assertThat(new Report(List.of()).exitCode()).isZero();
    assertThat(new Report(List.of(FINE, skipped)).exitCode()).isZero();
    assertThat(new Report(List.of(warning, FINE)).exitCode()).isEqualTo(1);
    assertThat(new Report(List.of(problem, warning, FINE)).exitCode()).isEqualTo(2);
  }

  @Test
  void people_get_sentences_and_programs_get_lines_of_json() throws Exception {
    Report report = new Report(List.of(FINE, Finding.of(Code.VAULT_CLOSED, "/run/vault.sock")));
    StringWriter text = new StringWriter();
    new ReportWriter(new PrintWriter(text), Sentences.in("en")).write(report);
    assertThat(text.toString())
        .contains("PROBLEM  vault        The vault at /run/vault.sock")
        .contains("hikae-vault status")
        .contains("1 problems, 0 warnings, 0 not looked at, 1 in order.");

    StringWriter lines = new StringWriter();
    new ReportWriter(new PrintWriter(lines), Sentences.in("ja")).writeJson(report);
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
