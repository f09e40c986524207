package org.hikae.admin.claim;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;

/**
 * The application's login has no right on a table that no migration of this release grants, is no
 * more than an application, and nobody else but the owner has any right.
 */
public final class DatabaseGrantCheck implements ClaimCheck {

  private static final Pattern GRANT =
      Pattern.compile(
          "(?im)^\\s*grant\\s+([a-z, ]+)\\s+on\\s+([a-z0-9_,\\s]+?)\\s+to\\s+\\$\\{appUser}");

  /** Of tables and of their columns; a null grantee is everybody. */
  private static final String RIGHTS =
      "select coalesce(r.rolname, 'PUBLIC'), a.privilege_type, c.relname, r.rolname ="
          + " current_user from pg_class c cross join lateral aclexplode(c.relacl) a"
          + " left join pg_roles r on r.oid = a.grantee where c.relnamespace ="
          + " current_schema()::regnamespace and a.grantee <> c.relowner"
          + " union select coalesce(r.rolname, 'PUBLIC'), x.privilege_type, c.relname, r.rolname ="
          + " current_user from pg_class c join pg_attribute b on b.attrelid = c.oid"
          + " cross join lateral aclexplode(b.attacl) x"
          + " left join pg_roles r on r.oid = x.grantee where c.relnamespace ="
          + " current_schema()::regnamespace and x.grantee <> c.relowner order by 1, 3, 2";

  private static final String MORE =
      "select case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole'"
          + " end, case when rolcreatedb then 'createdb' end, case when rolreplication then"
          + " 'replication' end, case when rolbypassrls then 'bypassrls' end, (select"
          + " string_agg('member of ' || g.rolname, ', ' order by g.rolname) from pg_auth_members m"
          + " join pg_roles g on g.oid = m.roleid where m.member = r.oid), (select case when"
          + " count(*) > 0 then 'owner of ' || count(*) end from pg_class c where c.relowner ="
          + " r.oid) from pg_roles r where r.rolname = current_user";

  private static final int MORE_COLUMNS = 7;

  private final ConnectionFactory connections;
  private final List<String> migrations;

  /**
   * Compares a database.
   *
   * @param connections of the application's login
   * @param migrations texts of this release
   */
  public DatabaseGrantCheck(ConnectionFactory connections, List<String> migrations) {
    this.connections = connections;
    this.migrations = List.copyOf(migrations);
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.DATABASE_GRANTS;
  }

  @Override
  public ClaimResult execute() throws IOException {
    Set<String> granted = granted();
    List<ClaimFact> faults = new ArrayList<>();
    Set<String> tables = new HashSet<>();
    long rights = 0;
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(MORE)) {
        row.next();
        for (int i = 1; i <= MORE_COLUMNS; i++) {
          String more = row.getString(i);
          if (more != null) {
            faults.add(ClaimFact.of(ClaimFactKind.LOGIN_IS_MORE, more));
          }
        }
      }
      try (ResultSet row = statement.executeQuery(RIGHTS)) {
        while (row.next()) {
          String right = row.getString(2);
          String table = row.getString(3);
          var _ = tables.add(table);
          rights++;
          if (!row.getBoolean(4) || !granted.contains(right + " " + table)) {
            faults.add(ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, row.getString(1), right, table));
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    if (tables.isEmpty()) {
      throw new IOException("there are no tables that the application may read");
    }
    return ClaimResult.of(
        claim(),
        faults,
        List.of(ClaimFact.of(ClaimFactKind.RIGHTS_COMPARED, rights, tables.size())));
  }

  /** Right and table, as migrations have ever granted them; none takes one back. */
  private Set<String> granted() {
    Set<String> granted = new HashSet<>();
    for (String migration : migrations) {
      Matcher grant = GRANT.matcher(migration);
      while (grant.find()) {
        for (String right : grant.group(1).split(",", -1)) {
          for (String table : grant.group(2).split(",", -1)) {
            var _ = granted.add(right.strip().toUpperCase(Locale.ROOT) + " " + table.strip());
          }
        }
      }
    }
    return granted;
  }
}
