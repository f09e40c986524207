package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CoverageQueries;
import org.jspecify.annotations.Nullable;

/** The departments and how many of each take part. */
@Named
@RequestScoped
public class DepartmentList {

  @Inject private CoverageQueries coverageQueries;

  private @Nullable List<CoverageQueries.Department> all;

  /** In the order of their paths. */
  public List<CoverageQueries.Department> getAll() {
    List<CoverageQueries.Department> known = all;
    if (known == null) {
      known = coverageQueries.departments();
      all = known;
    }
    return known;
  }

  /**
   * Reads them again for what is shown next. To be called after they have changed: who looked in
   * between has had them kept as they were.
   */
  public void changed() {
    coverageQueries.departmentsChanged();
    all = null;
  }

  /** Their paths. */
  public List<String> getPaths() {
    return getAll().stream().map(CoverageQueries.Department::path).toList();
  }
}
