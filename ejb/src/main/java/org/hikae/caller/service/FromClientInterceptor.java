package org.hikae.caller.service;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Enforces {@link FromClient}. */
@Interceptor
@FromClient("")
@Priority(Interceptor.Priority.APPLICATION)
public class FromClientInterceptor {

  @Inject private CurrentCaller currentCaller;
  @Inject private ServiceAccountUsage usage;

  /** Lets the call through when the caller's client is the named one. */
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
    return invocation.proceed();
  }

  private static boolean isFrom(Caller caller, String client) {
    return caller.clientId().equals(client)
        || (client.equals(RealmNames.PORTAL_CLIENT) && caller.isAutomation());
  }
}
