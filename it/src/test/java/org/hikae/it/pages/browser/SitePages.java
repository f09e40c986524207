package org.hikae.it.pages.browser;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every page there is, for what holds on all of them. */
public final class SitePages {

  /** The page that is not there, which the browser notes as a failed request. */
  public static final String MISSING = "/nothing-here";

  private static final List<String> ALL =
      List.of(
          "/my/backups",
          "/my/consent",
          "/my/install",
          "/privacy",
          "/help",
          "/admin/start",
          "/admin/overview",
          "/admin/search?text=e",
          "/admin/employees",
          "/admin/employee?id={employee}",
          "/admin/devices",
          "/admin/device?id={device}",
          "/admin/rollout",
          "/admin/campaign-edit",
          "/admin/campaign?id={campaign}",
          "/admin/wave?campaign={campaign}&waveId={wave}",
          "/admin/policies",
          "/admin/policy?of=default",
          "/admin/approvals",
          "/admin/consent-texts",
          "/admin/leavers",
          "/admin/holds",
          "/admin/notices",
          "/admin/notice-channels",
          "/admin/notice-recipient",
          "/admin/monthly-reports",
          "/admin/system",
          "/admin/audit",
          "/signed-out",
          MISSING,
          "/error/denied",
          "/error/expired",
          "/error/broken");

  /** Addresses that pages had once, and where they lead. */
  public static final Map<String, String> MOVED =
      Map.of("/admin/campaigns", "/admin/rollout#campaigns-title");

  /** What the help desk opens of the administration. */
  private static final Set<String> HELPDESK =
      Set.of(
          "/admin/overview",
          "/admin/search?text=e",
          "/admin/employees",
          "/admin/employee?id={employee}",
          "/admin/devices",
          "/admin/device?id={device}",
          "/admin/leavers");

  /** What those open who administer some departments only. */
  private static final Set<String> DEPARTMENTS =
      Set.of(
          "/admin/overview",
          "/admin/search?text=e",
          "/admin/employees",
          "/admin/employee?id={employee}",
          "/admin/devices",
          "/admin/device?id={device}",
          "/admin/leavers",
          "/admin/holds",
          "/admin/approvals",
          "/admin/audit");

  /** What auditors do not open. */
  private static final Set<String> ADMINISTRATORS_ONLY =
      Set.of("/admin/campaign-edit", "/admin/notice-channels", "/admin/notice-recipient");

  /** Those that may ask before something is done, and how many kinds of it there surely are. */
  public static final Map<String, Integer> ASKING =
      Map.ofEntries(
          Map.entry("/my/backups", 2),
          Map.entry("/my/consent", 1),
          Map.entry("/admin/employee?id={employee}", 2),
          Map.entry("/admin/device?id={device}", 1),
          Map.entry("/admin/rollout", 2),
          Map.entry("/admin/campaign?id={campaign}", 3),
          Map.entry("/admin/wave?campaign={campaign}&waveId={wave}", 0),
          Map.entry("/admin/approvals", 3),
          Map.entry("/admin/consent-texts", 0),
          Map.entry("/admin/leavers", 0),
          Map.entry("/admin/notices", 1),
          Map.entry("/admin/notice-channels", 0),
          Map.entry("/admin/system", 0));

  private SitePages() {}

  /** Addresses below the portal's, with names in braces where they say what a page is about. */
  public static List<String> all() {
    return ALL;
  }

  /** Whether the help desk may open it. */
  public static boolean isForHelpdesk(String page) {
    return !page.startsWith("/admin/") || HELPDESK.contains(page);
  }

  /** Whether administrators of some departments only may open it. */
  public static boolean isForDepartments(String page) {
    return !page.startsWith("/admin/") || DEPARTMENTS.contains(page);
  }

  /** Whether auditors may open it. */
  public static boolean isForAuditors(String page) {
    return !ADMINISTRATORS_ONLY.contains(page);
  }

  /** Whether an employee sees there what is theirs, and nobody else has anything to see. */
  public static boolean isOwn(String page) {
    return page.startsWith("/my/");
  }

  /**
   * The address of a page.
   *
   * @param page one of all
   * @param shown what the page is about, by the name in braces
   */
  public static String address(String page, Map<String, Object> shown) {
    String address = page;
    for (Map.Entry<String, Object> one : shown.entrySet()) {
      address = address.replace("{" + one.getKey() + "}", String.valueOf(one.getValue()));
    }
    return address;
  }
}
