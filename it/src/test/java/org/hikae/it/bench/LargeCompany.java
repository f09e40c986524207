package org.hikae.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.hk1.Hash256;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.SummaryConsistency;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A company of 100,000 employees with 150,000 devices and 5,000,000 events of the audit trail, as
 * rows of PostgreSQL. Six in ten have opted in, after all were invited by the campaign that runs;
 * two in a hundred have left, and each department has a policy. The chain of the trail is a true
 * one.
 */
final class LargeCompany {

  static final int EMPLOYEES = 100_000;
  static final int DEVICES = 150_000;
  static final int DEPARTMENTS = 200;
  static final String ISSUER = "https://large.example/realms/company";

  private static final int OPTED_IN = 60_000;
  private static final int NOTICES = 20_000;
  private static final int BATCH = 10_000;
  private static final String[] ACTIONS = {
    "device.enrol", "consent.opt-in", "vault.attempt", "snapshot.release", "policy.put",
    "rollout.offer", "device.revoke", "access.refused", "wrap.put", "set.activate"
  };

  private static final String ROWS =
      """
      insert into employee (issuer, subject, username, display_name, email, state, first_seen_at,
          synced_at)
        select '{issuer}', 'large-' || n, 'large-' || n, 'Person ' || md5(n::text),
          'large-' || n || '@large.example', 'ENABLED', now() - interval '400' day, now()
        from generate_series(1, {employees}) n;
      create table large_person as
        select employee_id, row_number() over (order by employee_id) as n
        from employee where issuer = '{issuer}';
      create unique index on large_person (n);
      insert into employee_group
        select employee_id, '/company/department-' || (n % {departments}) from large_person;
      insert into device (device_id, employee_id, name, platform, agent_version, public_key, state,
          enrolled_at, last_seen_at, last_backup_at)
        select md5('large device ' || d), employee_id, 'laptop ' || d, 'Linux', '1.0.0', '', 'ACTIVE',
          now() - interval '300' day, now() - (d % 4000) * interval '1' minute,
          now() - (d % 9000) * interval '1' minute
        from generate_series(0, {devices} - 1) d join large_person on n = d % {employees} + 1;
      insert into backup_set (set_id, employee_id, current_of, generation, state, created_by_device,
          created_at)
        select md5('large set ' || n), employee_id, employee_id, 1, 'ACTIVE',
          md5('large device ' || (n - 1)), now() - interval '300' day
        from large_person where n <= {optedIn};
      insert into consent (employee_id, device_id, client_id, text_version, text_language, action,
          given_at)
        select employee_id, md5('large device ' || (n - 1)), 'hikae-agent', 1, 'en', 'OPTED_IN',
          now() - interval '300' day
        from large_person where n <= {optedIn};
      insert into repository (set_id, employee_id, object_count, stored_bytes, created_at)
        select md5('large set ' || n), employee_id, 100, 1000000 * (n % 997), now()
        from large_person where n <= {optedIn};
      insert into run (run_id, device_id, employee_id, kind, result, started_at, first_reported_at,
          last_reported_at, agent_version, files_done, files_failed, bytes_read, bytes_sent,
          bytes_received, duration_millis)
        select md5('large run ' || d), md5('large device ' || d), employee_id, 'BACKUP',
          case when d % 20 = 0 then 'NETWORK' else 'SUCCESS' end, now() - (d % 9000) * interval '1' minute,
          now(), now() - (d % 9000) * interval '1' minute, '1.0.0', 10, 0, 1000, 1000, 0, 5000
        from generate_series(0, {devices} - 1) d join large_person on n = d % {employees} + 1
        where n <= {optedIn};
      insert into newest_run (device_id, employee_id, run_row)
        select device_id, employee_id, run_row from run where run_id in
          (select md5('large run ' || d) from generate_series(0, {devices} - 1) d);
      insert into rollout_campaign (name, state, edition, created_at, created_by_issuer,
          created_by_subject, observed_since)
        values ('Everybody', 'RUNNING', 2, now() - interval '40' day, '{issuer}', 'large-1',
          now() - interval '40' day);
      insert into rollout_wave (campaign_id, number, name, audience, percent, began_at, invited_at)
        select campaign_id, 1, 'All of us', 'PERCENT', 100, created_at, created_at
        from rollout_campaign;
      insert into rollout_invitation (campaign_id, employee_id, wave_id, invited_at, seen_at,
          opted_in_at)
        select campaign_id, employee_id, wave_id, began_at,
          case when n % 10 < 8 then began_at + interval '1' day end,
          case when n <= {optedIn} then began_at + interval '2' day end
        from rollout_wave, large_person;
      update employee set state = 'DISABLED', left_at = now() - interval '9' day
        where employee_id in (select employee_id from large_person where n % 50 = 0);
      insert into leaver (employee_id, current_of, state, found_at, kept_from, due_kept, looked_kept)
        select employee_id, employee_id, 'KEPT', now() - interval '9' day, now() - interval '9' day,
          now() + interval '81' day, now()
        from large_person where n % 50 = 0;
      insert into notice (created_at, employee_id, kind, detail, delivered_at, acknowledged_at)
        select now() - n * interval '1' minute, employee_id, 'device.enrolled',
          '{"name":"laptop ' || n || '"}', now(), case when n % 10 = 0 then now() end
        from large_person where n <= {notices};
      insert into policy_scope (scope, version_number, group_rank)
        select 'group/company/department-' || n, 1, n + 1
        from generate_series(0, {departments} - 1) n;
      insert into policy_version (scope, version_number, group_rank, said, made_at, made_by_issuer,
          made_by_subject)
        select scope, 1, group_rank, '{"quotaBytes":50000000000}', now() - interval '50' day,
          '{issuer}', 'large-1'
        from policy_scope where version_number = 1;
      drop table large_person;
      """;

  private LargeCompany() {}

  /** Adds the rows; the trail gets so many events. */
  static void fill(StackDatabase database, int events) throws SQLException, IOException {
    try (Connection connection = database.asOwner()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            ROWS.replace("{issuer}", ISSUER)
                .replace("{employees}", Integer.toString(EMPLOYEES))
                .replace("{devices}", Integer.toString(DEVICES))
                .replace("{departments}", Integer.toString(DEPARTMENTS))
                .replace("{optedIn}", Integer.toString(OPTED_IN))
                .replace("{notices}", Integer.toString(NOTICES)));
        statement.execute("analyze");
        statement.execute(SummaryConsistency.fill());
        connection.commit();
        trail(connection, statement, events);
        connection.commit();
      }
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum analyze");
      }
    }
  }

  /** The end's lock keeps the portal from chaining meanwhile. */
  private static void trail(Connection connection, Statement statement, int events)
      throws SQLException, IOException {
    long seq;
    String previous;
    try (var head = statement.executeQuery("select seq, hash from audit_head for update")) {
      head.next();
      seq = head.getLong(1);
      previous = head.getString(2);
    }
    long id;
    try (var last = statement.executeQuery("select coalesce(max(event_id), 0) from audit_event")) {
      last.next();
      id = last.getLong(1) + 1_000_000;
    }
    Instant begin = Instant.now().minusSeconds(730L * 24 * 3600);
    PGConnection copies = connection.unwrap(PGConnection.class);
    for (int done = 0; done < events; done += BATCH) {
      StringBuilder rows = new StringBuilder();
      StringBuilder links = new StringBuilder();
      StringBuilder names = new StringBuilder();
      for (int i = done; i < Math.min(events, done + BATCH); i++) {
        String salt = salt(i);
        String content = names(i);
        AuditRecord event = event(begin, i, AuditRecord.personalHash(salt, content));
        seq++;
        id++;
        previous = event.hash(seq, previous);
        rows.append(id)
            .append('\t')
            .append(event.at())
            .append('\t')
            .append(event.actorIssuer())
            .append('\t')
            .append(event.actorSubject())
            .append('\t')
            .append(event.action())
            .append('\t')
            .append(event.object())
            .append('\t')
            .append(event.detail())
            .append('\t')
            .append(event.employeeId())
            .append('\t')
            .append(event.personalHash())
            .append('\n');
        links
            .append(seq)
            .append('\t')
            .append(id)
            .append('\t')
            .append(previous)
            .append('\t')
            .append(event.at())
            .append('\n');
        names.append(id).append('\t').append(salt).append('\t').append(content).append('\n');
      }
      copy(copies, "audit_event", rows);
      copy(copies, "audit_link", links);
      copy(copies, "audit_personal", names);
    }
    statement.execute("update audit_head set seq = " + seq + ", hash = '" + previous + "'");
    statement.execute("alter table audit_event alter column event_id restart with " + (id + 1));
  }

  private static int person(int i) {
    return (int) ((i * 2_654_435_761L) % EMPLOYEES);
  }

  private static String salt(int i) {
    return Hash256.sha256(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}).hex();
  }

  private static String names(int i) {
    return "{\"displayName\":\"Person "
        + person(i)
        + "\",\"username\":\"large-"
        + person(i)
        + "\"}";
  }

  private static AuditRecord event(Instant begin, int i, String personalHash) {
    return new AuditRecord(
        begin.plusSeconds(12L * i).truncatedTo(ChronoUnit.MICROS),
        ISSUER,
        "large-" + person(i),
        ACTIONS[i % ACTIONS.length],
        "device:" + person(i),
        "{\"deviceId\":\"" + person(i) + "\"}",
        person(i) + 1L,
        personalHash);
  }

  private static void copy(PGConnection copies, String table, StringBuilder rows)
      throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn into = copies.getCopyAPI().copyIn("copy " + table + " from stdin");
    into.writeToCopy(bytes, 0, bytes.length);
    into.endCopy();
  }
}
