package org.hikae.problem.rest;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;
import org.hikae.runtime.boundary.PacedRequests;
import org.hikae.runtime.boundary.ReadableCookies;

/**
 * Reads no broken cookies, and bounds the time that bodies sent to the API take, before anything
 * else sees a request.
 */
public final class PacedBodies implements ServletExtension {

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(PacedRequests::new);
    deployment.addInitialHandlerChainWrapper(ReadableCookies::new);
  }
}
