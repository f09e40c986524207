package org.hikae.it.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.SummaryConsistency;

/**
 * Repositories of as many employees on PostgreSQL, each made of rows and small objects with their
 * true bytes. A night finds in each what a usual day leaves: a released snapshot that is to be
 * held, one whose hold is over, and objects that were doomed long enough ago.
 */
public final class ManyRepositories {

  /** Each object is a text of so many bytes. */
  public static final int OBJECT_BYTES = 512;

  private static final String EMPLOYEES =
      """
      insert into employee (issuer, subject, username, display_name, state, first_seen_at)
        select '{name}', n, '{name} ' || n, 'zz {name} ' || n, 'ENABLED', now()
        from generate_series(1, {repositories}) n;
      insert into device (device_id, employee_id, name, platform, agent_version, public_key, state,
          enrolled_at)
        select md5('device ' || employee_id), employee_id, 'rows', 'Linux', '1', '', 'ACTIVE', now()
        from employee where issuer = '{name}';
      insert into backup_set (set_id, employee_id, current_of, generation, state, created_by_device,
          created_at)
        select md5('set ' || employee_id), employee_id, employee_id, 1, 'ACTIVE',
          md5('device ' || employee_id), now()
        from employee where issuer = '{name}' order by employee_id;
      insert into repository (set_id, employee_id, object_count, stored_bytes, created_at)
        select md5('set ' || employee_id), employee_id, {objects}, {objects} * {bytes}, now()
        from employee where issuer = '{name}' order by employee_id;
      insert into storage_use (employee_id, live_bytes, held_bytes, noticed)
        select employee_id, ({objects} - {step} * 2) * {bytes}, {step} * 2 * {bytes}, false
        from employee where issuer = '{name}';
      """;

  private static final String OBJECTS =
      """
      create temporary table content on commit drop as
        select repository_id, n, bytes, sha256(bytes) as name
        from repository join employee using (employee_id), generate_series(1, {objects}) n,
          convert_to(repeat(md5(repository_id || ' ' || n), {bytes} / 32), 'UTF8') bytes
        where issuer = '{name}';
      analyze content;
      insert into stored_object (repository_id, name, size_bytes, stored_at)
        select repository_id, name, octet_length(bytes), now() - interval '30' day
        from content order by repository_id, n;
      insert into ciphertext (repository_id, name, size_bytes)
        select repository_id, name, octet_length(bytes) from content order by repository_id, n;
      insert into ciphertext_page (ciphertext_id, number, bytes)
        select ciphertext_id, 0, bytes from content join ciphertext using (repository_id, name);
      """;

  /** Every eight hours, so that the rules keep each: they keep all of a week. */
  private static final String SNAPSHOT =
      """
      with made as (
        insert into snapshot (snapshot_id, repository_id, employee_id, set_id, device_id, generation,
            sequence, previous_stub, root, list_hash, stub_hash, committed_at, object_count,
            stored_bytes, file_count, plain_bytes)
          select md5('snapshot ' || repository_id || ' ' || n), repository_id, employee_id, set_id,
            md5('device ' || employee_id), 1, n, repeat(md5(repository_id || '-' || n - 1), 2),
            (select encode(name, 'hex') from stored_object where object_id = ?), repeat('0', 64),
            repeat(md5(repository_id || '-' || n), 2), now() - ({snapshots} - n) * interval '8' hour,
            {listed}, {listed} * {bytes}, 1, 1
          from repository, (select ?::integer as n) given where repository_id = ?
          returning snapshot_row)
      insert into snapshot_objects (snapshot_row, object_ids) select snapshot_row, ? from made
      """;

  private static final String HELD =
      """
      insert into snapshot_fate (snapshot_row, repository_id, state, rule, decided_at, held_since,
          held_until)
        select snapshot_row, repository_id, 'HELD', 'EMPLOYEE', now() - interval '31' day,
          kept_at - interval '31' day, kept_at - interval '1' day
        from snapshot, housekeeping where sequence = 1 and repository_id in ({ours});
      insert into idle_object (object_id, repository_id, size_bytes, doomed_at)
        select object_id, repository_id, size_bytes,
          case when place <= {step} then kept_at - interval '8' day end
        from housekeeping, (
          select *, row_number() over (partition by repository_id order by object_id) as place
          from stored_object where repository_id in ({ours})) placed
        where place <= {step} * 2;
      """;

  private static final String RELEASED =
      """
      insert into snapshot_fate (snapshot_row, repository_id, state, rule, decided_at)
        select min(snapshot_row), repository_id, 'WAITING', 'EMPLOYEE', now()
        from snapshot where repository_id in ({ours})
          and snapshot_row not in (select snapshot_row from snapshot_fate)
        group by repository_id;
      """;

  private static final String LATER =
      """
      update snapshot_fate set held_since = held_since - interval '31' day,
          held_until = held_until - interval '31' day
        where state = 'HELD' and repository_id in ({ours});
      update idle_object set doomed_at = doomed_at - interval '8' day
        where doomed_at is not null and repository_id in ({ours});
      """;

  private final StackDatabase database;
  private final String name;
  private final Size size;
  private final List<Long> ids = new ArrayList<>();
  private int nights;

  /**
   * How much there is of it.
   *
   * @param repositories one for each employee
   * @param snapshots of each
   * @param listed objects that each snapshot lists
   * @param step objects that each list has no more of the one before, and that go when it goes
   */
  public record Size(int repositories, int snapshots, int listed, int step) {

    /** Objects of one repository. */
    public int objects() {
      return snapshots * step + listed;
    }
  }

  private ManyRepositories(StackDatabase database, String name, Size size) {
    this.database = database;
    this.name = name;
    this.size = size;
  }

  /** Makes them, all at once for whoever looks, with the work of a first night. */
  public static ManyRepositories make(StackDatabase database, String name, Size size)
      throws SQLException {
    ManyRepositories made = new ManyRepositories(database, name, size);
    try (Connection owner = database.asOwner()) {
      owner.setAutoCommit(false);
      execute(owner, made.filled(EMPLOYEES + OBJECTS));
      made.snapshots(owner);
      execute(owner, made.filled(HELD + RELEASED));
      owner.commit();
      // As autovacuum leaves tables that have grown.
      execute(owner, "analyze");
      execute(owner, SummaryConsistency.fill());
      owner.commit();
    }
    made.nights = 1;
    return made;
  }

  private void snapshots(Connection owner) throws SQLException {
    try (PreparedStatement insert = owner.prepareStatement(filled(SNAPSHOT));
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select repository_id, array_agg(object_id order by object_id) from stored_object"
                    + " where repository_id in ("
                    + ours()
                    + ") group by repository_id order by repository_id")) {
      while (rows.next()) {
        long repositoryId = rows.getLong(1);
        ids.add(repositoryId);
        long[] objects =
            Arrays.stream((Long[]) rows.getArray(2).getArray())
                .mapToLong(Long::longValue)
                .toArray();
        for (int number = 1; number <= size.snapshots(); number++) {
          int first = number * size.step();
          insert.setLong(1, objects[first]);
          insert.setInt(2, number);
          insert.setLong(3, repositoryId);
          insert.setBytes(
              4, ObjectIdCodec.encode(Arrays.copyOfRange(objects, first, first + size.listed())));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    assertThat(ids).hasSize(size.repositories());
  }

  /** Lets holds and graces pass, and releases another snapshot of each repository. */
  public void nextDay() throws SQLException {
    nights++;
    assertThat(nights)
        .as("nights, each of which releases a snapshot")
        .isLessThan(size.snapshots() - 1);
    try (Connection owner = database.asOwner()) {
      execute(owner, filled(LATER + RELEASED));
    }
  }

  /** The repositories, ascending. */
  public List<Long> ids() {
    return List.copyOf(ids);
  }

  /** What the database has of them now. */
  public RepositoryRows findings() {
    return new RepositoryRows(database, ours());
  }

  /** Takes all of them away again, so that later nights do not go through them. */
  public void forget() throws SQLException {
    String objects = " where repository_id in (" + ours() + ");";
    String snapshots =
        " where snapshot_row in (select snapshot_row from snapshot where repository_id in ("
            + ours()
            + "));";
    String employees =
        " where employee_id in (select employee_id from employee where issuer = '" + name + "');";
    try (Connection owner = database.asOwner()) {
      execute(
          owner,
          "delete from idle_object"
              + objects
              + "delete from snapshot_fate"
              + objects
              + "delete from snapshot_objects"
              + snapshots
              + "delete from snapshot"
              + objects
              + "delete from ciphertext_page where ciphertext_id in (select ciphertext_id from"
              + " ciphertext where repository_id in ("
              + ours()
              + "));"
              + "delete from ciphertext"
              + objects
              + "delete from ciphertext_file"
              + objects
              + "delete from stored_object"
              + objects
              + "delete from storage_use"
              + employees
              + "delete from repository"
              + employees
              + "delete from backup_set"
              + employees
              + "delete from device"
              + employees
              + "delete from employee_summary"
              + employees
              + "delete from employee"
              + employees);
    }
  }

  private String filled(String sql) {
    return sql.replace("{ours}", ours())
        .replace("{name}", name)
        .replace("{repositories}", String.valueOf(size.repositories()))
        .replace("{snapshots}", String.valueOf(size.snapshots()))
        .replace("{objects}", String.valueOf(size.objects()))
        .replace("{listed}", String.valueOf(size.listed()))
        .replace("{step}", String.valueOf(size.step()))
        .replace("{bytes}", String.valueOf(OBJECT_BYTES));
  }

  private String ours() {
    return "select repository_id from repository join employee using (employee_id) where issuer ="
        + " '"
        + name
        + "'";
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
