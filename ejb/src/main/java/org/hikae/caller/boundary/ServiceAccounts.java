package org.hikae.caller.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.entity.ServiceAccountUse;
import org.hikae.caller.entity.ServiceAccountUses;
import org.hikae.identity.wire.Realm;

/** The company's own programs that have used the API. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class ServiceAccounts {

  @Inject private ServiceAccountUses uses;

  /**
   * A program.
   *
   * @param clientId its client at Keycloak
   * @param subject {@code sub} of its service account, as the audit trail names it
   * @param roles roles it had at its last use
   * @param firstUsedAt ISO-8601 instant
   * @param lastUsedAt ISO-8601 instant, to the minute
   */
  public record View(
      String clientId, String subject, List<String> roles, String firstUsedAt, String lastUsedAt) {

    static View of(ServiceAccountUse use) {
      return new View(
          use.clientId(),
          use.subject(),
          List.of(use.roles().split(" ", -1)),
          use.firstUsedAt().toString(),
          use.lastUsedAt().toString());
    }
  }

  /**
   * All of them.
   *
   * @param serviceAccounts by name, at most 200
   */
  public record Listing(List<View> serviceAccounts) {}

  /** The programs, by name. */
  public Listing list() {
    return new Listing(uses.all().stream().map(View::of).toList());
  }
}
