package org.hikae.policy.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.identity.value.EmployeeId;
import org.hikae.policy.boundary.PolicyQueries;
import org.jspecify.annotations.Nullable;

/** What people call those whom a policy is for. */
@Named
@RequestScoped
public class PolicyScopeNames {

  private static final String GROUP = "group/";
  private static final String EMPLOYEE = "employee/";

  @Inject private PolicyQueries queries;

  /** Everybody, a group's path, an employee's name; what is built in for none. */
  public String of(@Nullable String scope) {
    if (scope == null) {
      return text("builtIn");
    }
    if (scope.startsWith(GROUP)) {
      return scope.substring(GROUP.length() - 1);
    }
    return scope.startsWith(EMPLOYEE)
        ? queries
            .nameOf(new EmployeeId(Long.parseLong(scope.substring(EMPLOYEE.length()))))
            .orElse(scope)
        : text("everybody");
  }

  private static String text(String key) {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces.getApplication().getResourceBundle(faces, "pol").getString(key);
  }
}
