package org.hikae.admin.check;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.TlsProbe;

/**
 * The certificates of portal and Keycloak as they are served, and those in the portal's files:
 * dates of each in the chain, host name, trust.
 */
public final class CertificateCheck implements InstallationCheck {

  /** Below this many days an end is near. */
  static final Duration SOON = Duration.ofDays(30);

  private static final int HTTPS = 443;

  private final TlsProbe probe;
  private final URI portal;
  private final URI keycloak;
  private final List<CertificateFile> files;
  private final Clock clock;

  /**
   * A file with certificates.
   *
   * @param path where it is
   * @param servedByPortal whether the portal serves its first certificate
   * @param reading reads it
   */
  public record CertificateFile(Path path, boolean servedByPortal, CertificateSource reading) {}

  /** Reads certificates, the leading one first. */
  @FunctionalInterface
  public interface CertificateSource {
    /** The certificates; fails when the file cannot be used. */
    List<X509Certificate> certificates() throws IOException;
  }

  /** Looks at both servers and the files. */
  public CertificateCheck(
      TlsProbe probe, URI portal, URI keycloak, List<CertificateFile> files, Clock clock) {
    this.probe = probe;
    this.portal = portal;
    this.keycloak = keycloak;
    this.files = List.copyOf(files);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    Optional<X509Certificate> served = server(portal, findings);
    server(keycloak, findings);
    for (CertificateFile file : files) {
      file(file, served, findings);
    }
    return findings;
  }

  private Optional<X509Certificate> server(URI uri, List<DoctorFinding> findings) {
    if (!"https".equals(uri.getScheme())) {
      findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_PLAIN, uri.getHost(), uri));
      return Optional.empty();
    }
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    String where = uri.getHost() + ":" + port;
    TlsProbe.ShownCertificates shown;
    try {
      shown = probe.at(Objects.requireNonNull(uri.getHost(), "host"), port);
    } catch (IOException e) {
      findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_SILENT, where, ExceptionText.of(e)));
      return Optional.empty();
    }
    List<DoctorFinding> faults = dates(where, shown.chain());
    if (shown.distrust() != null && faults.stream().noneMatch(CertificateCheck::isInvalid)) {
      faults.add(DoctorFinding.of(FindingCode.CERTIFICATE_DISTRUSTED, where, shown.distrust()));
    }
    if (faults.isEmpty()) {
      faults.add(DoctorFinding.of(FindingCode.CERTIFICATE_OK, where, firstEnd(shown.chain())));
    }
    findings.addAll(faults);
    return shown.chain().stream().findFirst();
  }

  private void file(
      CertificateFile file, Optional<X509Certificate> served, List<DoctorFinding> findings) {
    List<X509Certificate> chain;
    try {
      chain = file.reading().certificates();
    } catch (IOException e) {
      findings.add(
          DoctorFinding.of(FindingCode.CERTIFICATE_STORE, file.path(), ExceptionText.of(e)));
      return;
    }
    boolean unloaded =
        file.servedByPortal() && served.isPresent() && !served.equals(chain.stream().findFirst());
    if (unloaded) {
      findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_UNLOADED, portal, file.path()));
    }
    if (unloaded || !file.servedByPortal() || served.isEmpty()) {
      // Else the same was said about what is served.
      List<DoctorFinding> faults = dates(file.path().toString(), chain);
      findings.addAll(
          faults.isEmpty()
              ? List.of(DoctorFinding.of(FindingCode.CERTIFICATE_OK, file.path(), firstEnd(chain)))
              : faults);
    }
  }

  private static boolean isInvalid(DoctorFinding finding) {
    return finding.code() == FindingCode.CERTIFICATE_EXPIRED
        || finding.code() == FindingCode.CERTIFICATE_EARLY;
  }

  private List<DoctorFinding> dates(String where, List<X509Certificate> chain) {
    Instant now = clock.instant();
    List<DoctorFinding> findings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      String subject = certificate.getSubjectX500Principal().getName();
      Instant begin = certificate.getNotBefore().toInstant();
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(now)) {
        findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_EXPIRED, where, subject, day(end)));
      } else if (begin.isAfter(now)) {
        findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_EARLY, where, subject, day(begin)));
      } else if (end.isBefore(now.plus(SOON))) {
        long days = Duration.between(now, end).toDays();
        findings.add(DoctorFinding.of(FindingCode.CERTIFICATE_SOON, where, subject, days));
      }
    }
    return findings;
  }

  private static LocalDate firstEnd(List<X509Certificate> chain) {
    return chain.stream()
        .map(certificate -> day(certificate.getNotAfter().toInstant()))
        .min(LocalDate::compareTo)
        .orElse(LocalDate.EPOCH);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
