package org.hikae.insight.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.vault.boundary.VaultHealth;

/** Whether the portal can serve. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Health {

  @Inject private DatabaseHealth database;
  @Inject private VaultHealth vault;

  /**
   * What answers.
   *
   * @param ready whether everything that there should be answers
   * @param database {@code UP} or {@code DOWN}
   * @param vault {@code UP}, {@code DOWN} or {@code NONE} when none is configured
   */
  public record Report(boolean ready, String database, String vault) {}

  /** Asks database and vault. */
  public Report report() {
    boolean databaseUp = databaseAnswers();
    VaultHealth.State vaultState = vault.state();
    return new Report(
        databaseUp && vaultState != VaultHealth.State.DOWN,
        databaseUp ? "UP" : "DOWN",
        vaultState.name());
  }

  private boolean databaseAnswers() {
    try {
      return database.answers();
    } catch (EJBException e) {
      return false;
    }
  }
}
