package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CoverageInsight;

/** The departments and how many of each take part. */
@Named
@RequestScoped
public class Departments {

  @Inject private CoverageInsight insight;

  private List<CoverageInsight.Department> all = List.of();

  /** Reads them. */
  @PostConstruct
  void load() {
    all = insight.departments();
  }

  /** In the order of their paths. */
  public List<CoverageInsight.Department> getAll() {
    return all;
  }

  /** Their paths. */
  public List<String> getPaths() {
    return all.stream().map(CoverageInsight.Department::path).toList();
  }
}
