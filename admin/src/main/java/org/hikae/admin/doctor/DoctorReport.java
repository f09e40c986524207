package org.hikae.admin.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * What a doctor found.
 *
 * @param findings in the order of the checks
 */
public record DoctorReport(List<DoctorFinding> findings) {

  /** Copies the list. */
  public DoctorReport {
    findings = List.copyOf(findings);
  }

  /** 0 when nothing is wrong, 1 with warnings, 2 with problems. */
  public int exitCode() {
    return findings.stream()
        .map(finding -> finding.code().level().exitCode())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  /** How many findings have this level. */
  public long count(FindingLevel level) {
    return findings.stream().filter(finding -> finding.code().level() == level).count();
  }
}
