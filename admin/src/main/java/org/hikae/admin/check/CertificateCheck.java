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
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.TlsLook;

/**
 * The certificates of portal and Keycloak as they are served, and those in the portal's files:
 * dates of each in the chain, host name, trust.
 */
public final class CertificateCheck implements Check {

  /** Below this many days an end is near. */
  static final Duration SOON = Duration.ofDays(30);

  private static final int HTTPS = 443;

  private final TlsLook look;
  private final URI portal;
  private final URI keycloak;
  private final List<KeyFile> files;
  private final Clock clock;

  /**
   * A file with certificates.
   *
   * @param path where it is
   * @param servedByPortal whether the portal serves its first certificate
   * @param reading reads it
   */
  public record KeyFile(Path path, boolean servedByPortal, Reading reading) {}

  /** Reads certificates, the leading one first. */
  @FunctionalInterface
  public interface Reading {
    /** The certificates; fails when the file cannot be used. */
    List<X509Certificate> certificates() throws IOException;
  }

  /** Looks at both servers and the files. */
  public CertificateCheck(
      TlsLook look, URI portal, URI keycloak, List<KeyFile> files, Clock clock) {
    this.look = look;
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
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    Optional<X509Certificate> served = server(portal, findings);
    server(keycloak, findings);
    for (KeyFile file : files) {
      file(file, served, findings);
    }
    return findings;
  }

  private Optional<X509Certificate> server(URI uri, List<Finding> findings) {
    if (!"https".equals(uri.getScheme())) {
      findings.add(Finding.of(Code.CERTIFICATE_PLAIN, uri.getHost(), uri));
      return Optional.empty();
    }
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    String where = uri.getHost() + ":" + port;
    TlsLook.Shown shown;
    try {
      shown = look.at(Objects.requireNonNull(uri.getHost(), "host"), port);
    } catch (IOException e) {
      findings.add(Finding.of(Code.CERTIFICATE_SILENT, where, Words.of(e)));
      return Optional.empty();
    }
    List<Finding> faults = dates(where, shown.chain());
    if (shown.distrust() != null && faults.stream().noneMatch(CertificateCheck::isInvalid)) {
      faults.add(Finding.of(Code.CERTIFICATE_DISTRUSTED, where, shown.distrust()));
    }
    if (faults.isEmpty()) {
      faults.add(Finding.of(Code.CERTIFICATE_OK, where, firstEnd(shown.chain())));
    }
    findings.addAll(faults);
    return shown.chain().stream().findFirst();
  }

  private void file(KeyFile file, Optional<X509Certificate> served, List<Finding> findings) {
    List<X509Certificate> chain;
    try {
      chain = file.reading().certificates();
    } catch (IOException e) {
      findings.add(Finding.of(Code.CERTIFICATE_STORE, file.path(), Words.of(e)));
      return;
    }
    boolean unloaded =
        file.servedByPortal() && served.isPresent() && !served.equals(chain.stream().findFirst());
    if (unloaded) {
      findings.add(Finding.of(Code.CERTIFICATE_UNLOADED, portal, file.path()));
    }
    if (unloaded || !file.servedByPortal() || served.isEmpty()) {
      // Else the same was said about what is served.
      List<Finding> faults = dates(file.path().toString(), chain);
      findings.addAll(
          faults.isEmpty()
              ? List.of(Finding.of(Code.CERTIFICATE_OK, file.path(), firstEnd(chain)))
              : faults);
    }
  }

  private static boolean isInvalid(Finding finding) {
    return finding.code() == Code.CERTIFICATE_EXPIRED || finding.code() == Code.CERTIFICATE_EARLY;
  }

  private List<Finding> dates(String where, List<X509Certificate> chain) {
    Instant now = clock.instant();
    List<Finding> findings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      String subject = certificate.getSubjectX500Principal().getName();
      Instant begin = certificate.getNotBefore().toInstant();
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(now)) {
        findings.add(Finding.of(Code.CERTIFICATE_EXPIRED, where, subject, day(end)));
      } else if (begin.isAfter(now)) {
        findings.add(Finding.of(Code.CERTIFICATE_EARLY, where, subject, day(begin)));
      } else if (end.isBefore(now.plus(SOON))) {
        long days = Duration.between(now, end).toDays();
        findings.add(Finding.of(Code.CERTIFICATE_SOON, where, subject, days));
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
