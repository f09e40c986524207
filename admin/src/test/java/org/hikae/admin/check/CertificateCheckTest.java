package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hikae.admin.check.CertificateCheck.CertificateFile;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.CertificateFiles;
import org.hikae.admin.port.TlsProbe;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates, trust and files of certificates; the certificates are real. */
@EveryThirdRun
class CertificateCheckTest {

  private static final URI PORTAL = URI.create("https://backup.example.org");
  private static final URI KEYCLOAK = URI.create("http://localhost:8190/realms/hikae");
  private static final String WHERE = "backup.example.org:443";
  private static final Path STORE = Path.of("tls.p12");
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static X509Certificate first;
  private static X509Certificate second;

  @BeforeAll
  static void two_certificates() throws Exception {
    first = made("first");
    second = made("second");
  }

  private static X509Certificate made(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    SelfSignedKey.make(store, PASSWORD, name, "-validity", "100");
    return CertificateFiles.chain(store, PASSWORD).getFirst();
  }

  @Test
  void a_trusted_certificate_with_time_left_is_in_order() {
    assertThat(look(Duration.ofDays(1), shown(null), List.of()))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.CERTIFICATE_OK, FindingCode.CERTIFICATE_PLAIN);
  }

  @Test
  void an_end_that_is_near_or_past_and_a_beginning_to_come_are_named() {
    assertThat(codes(Duration.ofDays(80))).contains(FindingCode.CERTIFICATE_SOON);
    assertThat(codes(Duration.ofDays(101))).contains(FindingCode.CERTIFICATE_EXPIRED);
    assertThat(codes(Duration.ofDays(-2))).contains(FindingCode.CERTIFICATE_EARLY);
  }

  @Test
  void distrust_is_told_unless_a_date_explains_it() {
    TlsProbe distrusted = shown("No name matching backup.example.org found");
    assertThat(look(Duration.ofDays(1), distrusted, List.of()))
        .contains(
            DoctorFinding.of(
                FindingCode.CERTIFICATE_DISTRUSTED,
                WHERE,
                "No name matching backup.example.org found"));
    assertThat(look(Duration.ofDays(101), distrusted, List.of()))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.CERTIFICATE_EXPIRED, FindingCode.CERTIFICATE_PLAIN);
  }

  @Test
  void a_silent_server_is_told() {
    TlsProbe silent =
        (host, port) -> {
          throw new IOException("Connection refused");
        };
    assertThat(look(Duration.ofDays(1), silent, List.of()))
        .contains(DoctorFinding.of(FindingCode.CERTIFICATE_SILENT, WHERE, "Connection refused"));
  }

  @Test
  void a_renewed_file_that_is_not_served_yet_and_one_that_cannot_be_read_are_told() {
    CertificateFile renewed = new CertificateFile(STORE, true, () -> List.of(second));
    CertificateFile same = new CertificateFile(STORE, true, () -> List.of(first));
    Path broken = folder.resolve("first.p12");
    CertificateFile locked =
        new CertificateFile(broken, false, () -> CertificateFiles.chain(broken, "wrong"));
    assertThat(look(Duration.ofDays(1), shown(null), List.of(renewed)))
        .contains(DoctorFinding.of(FindingCode.CERTIFICATE_UNLOADED, PORTAL, STORE));
    assertThat(look(Duration.ofDays(1), shown(null), List.of(same, locked)))
        .extracting(DoctorFinding::code)
        .containsExactly(
            FindingCode.CERTIFICATE_OK,
            FindingCode.CERTIFICATE_PLAIN,
            FindingCode.CERTIFICATE_STORE);
    CertificateFile link = new CertificateFile(STORE, false, () -> List.of(second));
    assertThat(look(Duration.ofDays(101), shown(null), List.of(link)))
        .anyMatch(
            finding ->
                finding.code() == FindingCode.CERTIFICATE_EXPIRED
                    && finding.arguments().contains("tls.p12"));
  }

  private static List<FindingCode> codes(Duration later) {
    return look(later, shown(null), List.of()).stream().map(DoctorFinding::code).toList();
  }

  private static TlsProbe shown(String distrust) {
    return (host, port) -> {
      assertThat(Map.of(host, port)).isEqualTo(Map.of("backup.example.org", 443));
      return new TlsProbe.ShownCertificates(List.of(first), distrust);
    };
  }

  private static List<DoctorFinding> look(
      Duration later, TlsProbe look, List<CertificateFile> files) {
    Instant now = first.getNotBefore().toInstant().plus(later);
    return new CertificateCheck(look, PORTAL, KEYCLOAK, files, Clock.fixed(now, ZoneOffset.UTC))
        .look();
  }
}
