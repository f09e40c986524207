package org.hikae.caller.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.KeycloakServiceAccounts;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.service.ServiceAccountUsage;
import org.hikae.caller.view.ServiceAccountList;
import org.hikae.caller.view.ServiceAccountView;
import org.hikae.identity.wire.RealmNames;

/** The company's own programs: those that have used the API, and those that could. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ServiceAccountQueries {

  private static final System.Logger LOG = System.getLogger(ServiceAccountQueries.class.getName());

  @Inject private ServiceAccountUsage usage;
  @Inject private KeycloakServiceAccounts keycloak;

  /** The programs, by name. */
  public ServiceAccountList list() {
    List<ServiceAccountView> all = new ArrayList<>(usage.all());
    boolean complete = true;
    try {
      addUnused(all);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Keycloak''s programs cannot be read: {0}", e.toString());
      complete = false;
    }
    all.sort(Comparator.comparing(ServiceAccountView::clientId));
    return new ServiceAccountList(
        all.stream().limit(ServiceAccountList.MAX).toList(),
        complete && all.size() <= ServiceAccountList.MAX);
  }

  private void addUnused(List<ServiceAccountView> all) throws IOException {
    Set<String> used = all.stream().map(ServiceAccountView::subject).collect(Collectors.toSet());
    Instant deadline = keycloak.deadline();
    // One more than are shown tells whether there are more.
    for (KeycloakServiceAccounts.Program program : keycloak.programs(ServiceAccountList.MAX + 1)) {
      if (all.size() > ServiceAccountList.MAX) {
        return;
      }
      if (!used.contains(program.subject())) {
        all.add(
            new ServiceAccountView(
                program.clientId(),
                program.subject(),
                keycloak.roles(program, deadline),
                null,
                null));
      }
    }
  }
}
