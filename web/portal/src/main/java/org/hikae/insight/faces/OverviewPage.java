package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.insight.boundary.Coverage;
import org.hikae.insight.boundary.CoverageInsight;
import org.hikae.vault.boundary.VaultHealth;

/** How the whole company stands, for those who run the backup. */
@Named
@RequestScoped
public class OverviewPage {

  @Inject private CoverageInsight insight;
  @Inject private VaultHealth vault;

  private Coverage coverage =
      new Coverage(new Coverage.People(0, 0, 0, 0), new Coverage.Devices(0, 0, 0, 0, 0), 0);

  /** Reads the figures. */
  @PostConstruct
  void load() {
    coverage = insight.coverage();
  }

  /** The figures. */
  public Coverage getCoverage() {
    return coverage;
  }

  /** How the vault was seconds ago. */
  public String getVault() {
    return vault.lately().name();
  }

  /** Where the vault keeps its root; empty when it has not said so. */
  public String getVaultRoot() {
    return vault.root().orElse("");
  }

  /** Share of all employees who take part, in whole percent. */
  public int getPercent() {
    return coverage.people().percent();
  }
}
