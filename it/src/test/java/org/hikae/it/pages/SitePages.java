package org.hikae.it.pages;

import java.util.List;

/** Every page there is, for what holds on all of them. {@code id=} is completed by who opens it. */
final class SitePages {

  private static final List<String> ALL =
      List.of(
          "/my/backups",
          "/my/consent",
          "/my/install",
          "/privacy",
          "/admin/start",
          "/admin/overview",
          "/admin/employees",
          "/admin/employee?id=",
          "/admin/devices",
          "/admin/device?id=",
          "/admin/rollout",
          "/admin/campaigns",
          "/admin/campaign-edit",
          "/admin/campaign?id={campaign}",
          "/admin/policies",
          "/admin/policy?of=default",
          "/admin/approvals",
          "/admin/consent-texts",
          "/admin/leavers",
          "/admin/audit",
          "/signed-out",
          "/nothing-here");

  private SitePages() {}

  static List<String> all() {
    return ALL;
  }
}
