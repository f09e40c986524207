package org.hikae.it.install;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.hikae.schema.store.Migrations;

/**
 * The database as an earlier release left it. There is no released version to install, so the
 * migrations of that time make an empty database, and the rows that the running system wrote are
 * copied into it as far as they have a place there.
 */
final class EarlierSchema {

  /** The last migration of that time. */
  static final String VERSION = "048";

  private static final String MAKE =
      """
      systemctl stop hikae-portal
      runuser -u postgres -- psql -q -p "$PG_PORT_PORTAL" -c 'create database hikae_earlier owner hikae_owner'
      """;

  private static final String COPY =
      """
      sql() { runuser -u postgres -- psql -qAt -v ON_ERROR_STOP=1 -p "$PG_PORT_PORTAL" "$@"; }
      quiet='set session_replication_role = replica'
      tables=$(sql -d hikae_earlier -c "select tablename from pg_tables where schemaname = 'public'
        and tablename <> 'flyway_schema_history' order by 1")
      sql -d hikae_earlier -c "$quiet" -c "truncate $(paste -sd, <<< "$tables")"
      for table in $tables; do
        columns=$(sql -d hikae_earlier -c "select string_agg(quote_ident(column_name), ',') from information_schema.columns
          where table_schema = 'public' and table_name = '$table' and is_generated = 'NEVER'")
        sql -d hikae -c "copy (select $columns from $table) to stdout" \\
          | sql -d hikae_earlier -c "$quiet" -c "copy $table ($columns) from stdin"
      done
      sql -d hikae -c "select format('select setval(to_regclass(%L), %s);', sequencename, last_value) from pg_sequences
        where schemaname = 'public' and last_value is not null" | sql -d hikae_earlier > /dev/null
      sql -d postgres -c 'alter database hikae rename to hikae_present' -c 'alter database hikae_earlier rename to hikae'
      """;

  private EarlierSchema() {}

  /** Stops the portal and puts the earlier database in the place of the present one. */
  static void bringBack(GuestMachine machine, int port) throws IOException, InterruptedException {
    machine.run(MAKE);
    String password =
        Files.readAllLines(machine.at("/etc/hikae/portal.env")).stream()
            .filter(line -> line.startsWith("HIKAE_DB_OWNER_PASSWORD="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(
            "jdbc:postgresql://127.0.0.1:" + port + "/hikae_earlier", "hikae_owner", password)
        .locations("classpath:db/migration", "classpath:db/vendor/postgresql")
        .placeholders(Map.of("appUser", "hikae_app"))
        .target(VERSION)
        // They comment on columns that came later.
        .repeatableSqlMigrationPrefix("None")
        .load()
        .migrate();
    machine.run(COPY);
  }
}
