package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.view.Coverage;
import org.hikae.insight.view.CoverageChange;
import org.hikae.insight.view.DepartmentBehind;
import org.hikae.insight.view.LastDay;
import org.hikae.vault.boundary.VaultHealthQueries;
import org.hikae.vault.view.VaultStatus;
import org.jspecify.annotations.Nullable;

/** How the whole company stands, for those who run the backup. */
@Named
@RequestScoped
public class OverviewPage {

  @Inject private CoverageQueries coverageQueries;
  @Inject private VaultHealthQueries vault;

  private Coverage coverage =
      new Coverage(new Coverage.People(0, 0, 0, 0), new Coverage.Devices(0, 0, 0, 0, 0), 0);

  private @Nullable LastDay day;
  private @Nullable CoverageChange worsened;
  private @Nullable List<DepartmentBehind> departments;

  /** Reads the figures. */
  @PostConstruct
  void load() {
    coverage = coverageQueries.coverage();
  }

  /** The figures. */
  public Coverage getCoverage() {
    return coverage;
  }

  /** What happened in the last 24 hours. */
  public LastDay getDay() {
    LastDay known = day;
    if (known == null) {
      known = coverageQueries.lastDay();
      day = known;
    }
    return known;
  }

  /** What got worse in the last 24 hours. */
  public CoverageChange getWorsened() {
    CoverageChange known = worsened;
    if (known == null) {
      known = coverageQueries.worsened();
      worsened = known;
    }
    return known;
  }

  /** Departments with devices that are behind, those with the most first. */
  public List<DepartmentBehind> getDepartments() {
    List<DepartmentBehind> known = departments;
    if (known == null) {
      known = coverageQueries.departmentsBehind();
      departments = known;
    }
    return known;
  }

  /** How the vault was seconds ago. */
  public VaultStatus getVault() {
    return vault.lately();
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
