package org.hikae.insight.system.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.view.SchemaTable;
import org.hikae.schema.store.SchemaComments;

/**
 * Shows every employee what the portal's database holds, by the database's own comments on its
 * tables and columns. It tells what is kept, not what is in any row.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class DatabaseSchemaQueries {

  @Inject private SchemaComments comments;

  /** Every table by name, with every column; those without a comment, too. */
  public List<SchemaTable> tables() {
    return comments.tables().stream().map(SchemaTable::of).toList();
  }
}
