package org.hikae.enrollment.distribution.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.distribution.service.AgentPackageProvider;
import org.hikae.enrollment.distribution.view.AgentInstallView;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.identity.wire.RealmNames;

/** Says how the agent is installed, and to staff which files are offered and which are not. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AgentPackageQueries {

  @Inject private AgentPackageProvider provider;

  /** What somebody needs who installs the agent. */
  @RolesAllowed(RealmNames.EMPLOYEE)
  @ScopeAccess(ScopeRule.OWN)
  public AgentInstallView install() {
    AgentPackageList packages = provider.packages();
    return new AgentInstallView(
        packages.offered(),
        packages.signed(),
        provider.authority().isPresent(),
        provider.hasVault(),
        provider.contact());
  }

  /** Whether a package is offered only when IT has signed its hash. */
  public boolean isSignatureRequired() {
    return provider.requiresSignature();
  }

  /** Whether the portal offers packages at all. */
  public boolean isOffering() {
    return provider.offersPackages();
  }

  /** What is offered, and what is not and why. */
  public AgentPackageList packages() {
    return provider.packages();
  }
}
