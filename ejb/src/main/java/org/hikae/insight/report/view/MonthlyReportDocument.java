package org.hikae.insight.report.view;

import java.util.Map;
import org.hikae.insight.report.value.MonthlyReportContent;

/**
 * A report that can be written.
 *
 * @param content what it says
 * @param names what administrators who acted are called now, by their accounts: realm, a space, and
 *     {@code sub}; those who are unknown by now are left out
 * @param portalUrl which portal it is about
 */
public record MonthlyReportDocument(
    MonthlyReportContent content, Map<String, String> names, String portalUrl) {

  /** Copies the map. */
  public MonthlyReportDocument {
    names = Map.copyOf(names);
  }

  /** What an account is called: a name, or {@code sub} when nobody knows one. */
  public String person(String account) {
    return names.getOrDefault(account, subject(account));
  }

  /** {@code sub} of an account. */
  public static String subject(String account) {
    return account.substring(account.indexOf(' ') + 1);
  }
}
