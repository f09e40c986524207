package org.hikae.it.http.access;

import java.util.List;
import java.util.Set;

/**
 * Which operations of the administration also serve those whose role is for some departments only,
 * and reach people of these only. What is not named here needs the whole company (HK1-R-19).
 */
final class OperationScope {

  private static final Set<String> FOR_DEPARTMENTS =
      Set.of(
          "/v1/admin/approvals",
          "/v1/admin/audit",
          "/v1/admin/audit/export",
          "/v1/admin/devices",
          "/v1/admin/employees",
          "/v1/admin/leavers",
          "/v1/admin/legal-holds",
          "/v1/admin/overview",
          "/v1/admin/policies/keys");
  private static final List<String> BELOW =
      List.of("/v1/admin/approvals/", "/v1/admin/employees/", "/v1/admin/policies/effective/");

  private OperationScope() {}

  static boolean isForDepartments(OperationAccess operationAccess) {
    String path = operationAccess.path().replaceFirst("\\?.*", "");
    return FOR_DEPARTMENTS.contains(path) || BELOW.stream().anyMatch(path::startsWith);
  }
}
