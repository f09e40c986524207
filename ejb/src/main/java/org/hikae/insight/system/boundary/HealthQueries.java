package org.hikae.insight.system.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hikae.audit.service.AuditChain;
import org.hikae.backup.service.StorageHealth;
import org.hikae.insight.system.service.DatabaseHealth;
import org.hikae.insight.system.view.HealthReport;
import org.hikae.insight.system.view.HealthReport.AuditTrailHealth;
import org.hikae.insight.system.view.HealthReport.DatabaseAvailability;
import org.hikae.insight.system.view.HealthReport.StorageAvailability;
import org.hikae.runtime.control.SingleFlightValue;
import org.hikae.runtime.service.Settings;
import org.hikae.vault.boundary.VaultHealthQueries;
import org.hikae.vault.view.VaultStatus;

/** Whether the portal can serve. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HealthQueries {

  /** Anybody may ask: that costs the database and the vault one question a second, not one each. */
  private static final SingleFlightValue<HealthReport> LATELY =
      new SingleFlightValue<>(Duration.ofSeconds(1));

  @Inject private DatabaseHealth database;
  @Inject private VaultHealthQueries vault;
  @Inject private AuditChain chain;
  @Inject private StorageHealth storage;
  @Inject private Settings settings;

  /** What database and vault answered, at most a second ago. */
  public HealthReport report() {
    return LATELY.get(this::ask);
  }

  /** Whether this portal is about to stop, so that nothing new should be sent to it. */
  public boolean isDraining() {
    Path file = settings.drainFile();
    return file != null && Files.exists(file);
  }

  private HealthReport ask() {
    boolean databaseUp = databaseAnswers();
    VaultStatus vaultState = vault.state();
    StorageAvailability files =
        storage
            .fault()
            .map(fault -> StorageAvailability.valueOf(fault.name()))
            .orElse(StorageAvailability.UP);
    return new HealthReport(
        databaseUp && vaultState != VaultStatus.DOWN && files.isServing(),
        databaseUp ? DatabaseAvailability.UP : DatabaseAvailability.DOWN,
        vaultState,
        databaseUp ? trail() : AuditTrailHealth.UNKNOWN,
        files);
  }

  private AuditTrailHealth trail() {
    try {
      return chain.isLate() ? AuditTrailHealth.LATE : AuditTrailHealth.UP;
    } catch (EJBException e) {
      return AuditTrailHealth.UNKNOWN;
    }
  }

  private boolean databaseAnswers() {
    try {
      return database.answers();
    } catch (EJBException e) {
      return false;
    }
  }
}
