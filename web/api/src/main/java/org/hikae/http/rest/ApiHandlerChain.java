package org.hikae.http.rest;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.hikae.http.service.RequestHandlerChain;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** What requests to the API pass before anything else sees them. */
public final class ApiHandlerChain implements ServletExtension {

  /** What web.xml leaves open, without restic's, which asks for a credential itself. */
  private static final Map<String, Long> PUBLIC =
      Map.of("/public", 0L, "/health", 0L, "/metrics", 0L);

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    Refusal busy = Refusal.retryAfter(ProblemCode.BUSY, RequestHandlerChain.RETRY_AFTER_SECONDS);
    deployment.addInitialHandlerChainWrapper(
        RequestHandlerChain.ofApi(
            PUBLIC, new EarlyProblemHandler(Refusal.tooLarge(0)), new EarlyProblemHandler(busy)));
  }
}
