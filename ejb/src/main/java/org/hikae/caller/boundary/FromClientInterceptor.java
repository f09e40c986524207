package org.hikae.caller.boundary;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Enforces {@link FromClient}. */
@Interceptor
@FromClient("")
@Priority(Interceptor.Priority.APPLICATION)
public class FromClientInterceptor {

  @Inject private CurrentCaller currentCaller;

  /** Lets the call through when the caller's client is the named one. */
  @AroundInvoke
  public Object check(InvocationContext invocation) throws Exception {
    FromClient rule = invocation.getMethod().getAnnotation(FromClient.class);
    if (rule == null) {
      rule = invocation.getMethod().getDeclaringClass().getAnnotation(FromClient.class);
    }
    if (rule == null || !currentCaller.caller().clientId().equals(rule.value())) {
      throw Refusal.of(ProblemCode.FORBIDDEN);
    }
    return invocation.proceed();
  }
}
