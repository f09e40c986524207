package org.hikae.enrollment.distribution.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.enrollment.distribution.control.AgentPackageCatalog;
import org.hikae.enrollment.distribution.control.AuthorityFileReader;
import org.hikae.enrollment.distribution.view.AgentDownload;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.RefusedPackageView;
import org.hikae.enrollment.distribution.view.UpdateFileView;
import org.hikae.runtime.control.SignatureKey;
import org.hikae.runtime.control.SingleFlightValue;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Packages and authority as the settings name them. Made when the portal starts, which fails when a
 * setting is wrong; files that are wrong are told on the page of the system.
 */
@Singleton
@Startup
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AgentPackageProvider {

  /** How soon files that IT has exchanged are noticed. */
  private static final Duration AGE = Duration.ofSeconds(2);

  private final SingleFlightValue<AgentPackageList> packages = new SingleFlightValue<>(AGE);
  private final SingleFlightValue<Optional<byte[]>> authority = new SingleFlightValue<>(AGE);

  @Inject private Settings settings;

  private @Nullable AgentPackageCatalog catalog;
  private @Nullable Path caFile;
  private boolean requiresSignature;
  private String contact = "";

  @PostConstruct
  void start() {
    Path folder = settings.packageFolder();
    SignatureKey key = settings.packageKey();
    requiresSignature = key != null;
    catalog = folder == null ? null : new AgentPackageCatalog(folder, key);
    caFile = settings.caFile();
    contact = settings.helpContact();
  }

  /** Whether the portal offers packages at all. */
  public boolean offersPackages() {
    return catalog != null;
  }

  /** What the folder held a moment ago, and what is wrong with the authority's file. */
  public AgentPackageList packages() {
    AgentPackageCatalog of = catalog;
    AgentPackageList found = of == null ? AgentPackageList.NONE : packages.get(of::list);
    Path file = caFile;
    if (file == null || authority().isPresent()) {
      return found;
    }
    RefusedPackageView wrong = new RefusedPackageView(file.toString(), AgentPackageFault.AUTHORITY);
    return new AgentPackageList(
        found.offered(),
        Stream.concat(found.refused().stream(), Stream.of(wrong)).toList(),
        found.checksums());
  }

  /** Whether a package is offered only when IT has signed its hash. */
  public boolean requiresSignature() {
    return requiresSignature;
  }

  /** What sends a package that was offered. */
  public AgentDownload.Body body(AgentPackageView offered) {
    AgentPackageCatalog from = catalog;
    if (from == null) {
      throw new IllegalStateException("a package was offered without a folder");
    }
    return out -> from.send(offered, out);
  }

  /**
   * A part of a package that is offered, from 0.
   *
   * @return nothing when there is no such package or part
   */
  public Optional<byte[]> part(String fileName, int number) {
    AgentPackageCatalog from = catalog;
    Optional<AgentPackageView> offered =
        packages().offered().stream().filter(one -> one.fileName().equals(fileName)).findFirst();
    if (from == null || offered.isEmpty()) {
      return Optional.empty();
    }
    try {
      return from.part(offered.get(), number);
    } catch (IOException e) {
      // Somebody has exchanged the file meanwhile; the next list will say what there is.
      return Optional.empty();
    }
  }

  /** A signed file of updates, if there is one of this name. */
  public Optional<UpdateFileView> updateFile(String name) {
    AgentPackageCatalog from = catalog;
    return from == null ? Optional.empty() : from.updateFile(name);
  }

  /** Certificates of the authorities that devices trust, as PEM; empty when there are none. */
  public Optional<byte[]> authority() {
    return authority.get(this::readAuthority);
  }

  private Optional<byte[]> readAuthority() {
    Path file = caFile;
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(AuthorityFileReader.read(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a vault. */
  public boolean hasVault() {
    return settings.vaultSocket() != null || settings.vaultAddress() != null;
  }

  /** Whom employees ask; empty when IT has not said. */
  public String contact() {
    return contact;
  }
}
