package org.hikae.enrollment.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Ends sessions of revoked devices within seconds, and again when Keycloak was down. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionEndingTimer {

  @Inject private SessionEndingJob ender;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void endSessions() {
    var _ = ender.run();
  }
}
