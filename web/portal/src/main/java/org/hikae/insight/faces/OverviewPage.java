package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.insight.boundary.Coverage;
import org.hikae.insight.boundary.CoverageInsight;

/** How the whole company stands, for those who run the backup. */
@Named
@RequestScoped
public class OverviewPage {

  @Inject private CoverageInsight insight;

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

  /** Share of all employees who take part, in whole percent. */
  public int getPercent() {
    return coverage.people().percent();
  }
}
