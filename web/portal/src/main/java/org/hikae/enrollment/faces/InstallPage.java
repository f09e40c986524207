package org.hikae.enrollment.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.Function;
import org.hikae.enrollment.distribution.boundary.AgentPackageDownloads;
import org.hikae.enrollment.distribution.boundary.AgentPackageQueries;
import org.hikae.enrollment.distribution.view.AgentDownload;
import org.hikae.enrollment.distribution.view.AgentInstallView;
import org.hikae.enrollment.distribution.view.AgentPackageKind;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.ChecksumFiles;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.FileDownload;
import org.jspecify.annotations.Nullable;

/** How an employee gets the agent onto the computer in front of them. Asks no database. */
@Named
@RequestScoped
public class InstallPage {

  private static final String AUTHORITY = "hikae-ca.pem";
  private static final String CHECKSUMS = "SHA256SUMS";
  private static final String BYTES = "application/octet-stream";
  private static final String PEM = "application/x-pem-file";

  @Inject private AgentPackageQueries packages;
  @Inject private AgentPackageDownloads downloads;
  @Inject private Banner banner;

  private @Nullable AgentInstallView install;

  /** What is offered, and what the commands need. */
  public AgentInstallView getInstall() {
    AgentInstallView known = install;
    if (known == null) {
      known = packages.install();
      install = known;
    }
    return known;
  }

  /** The system that the page is read on. */
  public BrowserSystem getSystem() {
    return BrowserSystem.of(userAgent());
  }

  /** The package for that system; null when there is none. */
  public @Nullable AgentPackageView getBest() {
    return best(getInstall().offered(), userAgent());
  }

  /** The first of these that runs where a browser says that it runs; null when there is none. */
  static @Nullable AgentPackageView best(
      List<AgentPackageView> offered, @Nullable String userAgent) {
    if (BrowserSystem.of(userAgent) != BrowserSystem.LINUX) {
      return null;
    }
    String architecture = BrowserSystem.architecture(userAgent).orElse("amd64");
    return offered.stream()
        .filter(one -> one.architecture().equals(architecture))
        .findFirst()
        .orElse(null);
  }

  /** Whether there is an archive among the packages. */
  public boolean isArchives() {
    return getInstall().offered().stream().anyMatch(one -> one.kind() == AgentPackageKind.ARCHIVE);
  }

  /** Sends a package. */
  public void download(String fileName) {
    AgentDownload download;
    try {
      download = downloads.open(fileName);
    } catch (Refusal refusal) {
      banner.show(refusal);
      return;
    }
    try (download) {
      AgentPackageView offered = download.offered();
      FileDownload.send(
          offered.fileName(),
          offered.kind().mediaType(),
          offered.sizeBytes(),
          download.body()::writeTo);
    }
  }

  /** Sends the list of hashes that IT has signed. */
  public void downloadChecksums() {
    sendChecksums(CHECKSUMS, ChecksumFiles::list);
  }

  /** Sends IT's signature of that list. */
  public void downloadSignature() {
    sendChecksums(CHECKSUMS + ".sig", ChecksumFiles::signature);
  }

  private void sendChecksums(String name, Function<ChecksumFiles, byte[]> part) {
    byte[] bytes;
    try {
      bytes = part.apply(downloads.checksums());
    } catch (Refusal refusal) {
      banner.show(refusal);
      return;
    }
    FileDownload.send(name, BYTES, bytes.length, out -> out.write(bytes));
  }

  /** Sends the certificates of the authorities that devices trust. */
  public void downloadAuthority() {
    byte[] pem;
    try {
      pem = downloads.authority();
    } catch (Refusal refusal) {
      banner.show(refusal);
      return;
    }
    FileDownload.send(AUTHORITY, PEM, pem.length, out -> out.write(pem));
  }

  private static @Nullable String userAgent() {
    return FacesContext.getCurrentInstance()
        .getExternalContext()
        .getRequestHeaderMap()
        .get("User-Agent");
  }
}
