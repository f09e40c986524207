package org.hikae.insight.report.faces;

import java.io.Serializable;
import org.hikae.insight.report.view.MonthlyReportScheduleView;
import org.hikae.insight.report.view.PutMonthlyReportSchedule;
import org.jspecify.annotations.Nullable;

/** Who gets the report, as the form shows it. */
public class MonthlyReportForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private long edition;
  private boolean enabled;
  private String addresses;
  private String language;

  /** Of what stands. */
  MonthlyReportForm(MonthlyReportScheduleView stands) {
    edition = stands.edition();
    enabled = stands.enabled();
    addresses = String.join("\n", stands.addresses());
    language = stands.language();
  }

  /** Somebody else has changed it meanwhile; who saves now replaces that. */
  void overtaken(MonthlyReportScheduleView stands) {
    edition = stands.edition();
  }

  /** The edition that is edited. */
  long edition() {
    return edition;
  }

  /** What is to be put. */
  PutMonthlyReportSchedule put() {
    return new PutMonthlyReportSchedule(
        enabled,
        addresses.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
        language);
  }

  /** Whether it is sent. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Sets whether it is sent. */
  public void setEnabled(boolean given) {
    enabled = given;
  }

  /** Mail addresses, one a line. */
  public String getAddresses() {
    return addresses;
  }

  /** Sets the addresses. */
  public void setAddresses(@Nullable String given) {
    addresses = given == null ? "" : given;
  }

  /** en or ja. */
  public String getLanguage() {
    return language;
  }

  /** Sets the language. */
  public void setLanguage(@Nullable String given) {
    language = given == null ? "" : given;
  }
}
