package org.hikae.caller.service;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.service.DepartmentMembership;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Enforces {@link FromClient} and, for the portal's client, {@link ScopeAccess}. */
@Interceptor
@FromClient("")
@Priority(Interceptor.Priority.APPLICATION)
public class FromClientInterceptor {

  @Inject private CurrentCaller currentCaller;
  @Inject private ServiceAccountUsage usage;
  @Inject private DepartmentMembership membership;

  /**
   * Lets the call through when the caller's client is the named one, and the caller's scope has
   * what is asked for.
   */
  @AroundInvoke
  public Object check(InvocationContext invocation) throws Exception {
    FromClient rule = invocation.getMethod().getAnnotation(FromClient.class);
    if (rule == null) {
      rule = invocation.getMethod().getDeclaringClass().getAnnotation(FromClient.class);
    }
    Caller caller = currentCaller.caller();
    if (rule == null || !isFrom(caller, rule.value())) {
      throw Refusal.of(ProblemCode.FORBIDDEN);
    }
    if (caller.isAutomation()) {
      usage.uses(caller);
    }
    if (rule.value().equals(RealmNames.PORTAL_CLIENT)) {
      requireScope(invocation, caller.scope());
    }
    return invocation.proceed();
  }

  private void requireScope(InvocationContext invocation, DepartmentScope scope) {
    if (scope.wholeCompany()) {
      return;
    }
    switch (scopeRule(invocation.getMethod())) {
      case OWN, LISTED -> {
        // Departments play no part, or only in the queries of the use case.
      }
      case SCOPED -> requireNamed(invocation.getParameters(), scope);
      case COMPANY -> throw Refusal.of(ProblemCode.WHOLE_COMPANY_NEEDED);
    }
  }

  /** What nobody has said is for the whole company. */
  private static ScopeRule scopeRule(Method method) {
    ScopeAccess access = method.getAnnotation(ScopeAccess.class);
    if (access == null) {
      access = method.getDeclaringClass().getAnnotation(ScopeAccess.class);
    }
    return access == null ? ScopeRule.COMPANY : access.value();
  }

  /** Somebody of another department is answered like nobody. */
  private void requireNamed(@Nullable Object @Nullable [] parameters, DepartmentScope scope) {
    if (parameters == null) {
      return;
    }
    for (@Nullable Object parameter : parameters) {
      if (parameter instanceof EmployeeId named && !membership.isIn(scope, named.value())) {
        throw Refusal.notFound();
      }
    }
  }

  private static boolean isFrom(Caller caller, String client) {
    return caller.clientId().equals(client)
        || (client.equals(RealmNames.PORTAL_CLIENT) && caller.isAutomation());
  }
}
