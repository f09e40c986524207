package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.SummaryConsistency;

/**
 * Looks into the rows of one set on PostgreSQL: every object has its bytes under their hash, no
 * bytes are without a record, the figures of the repository fit, every snapshot has its list and
 * its place in a series without a gap, and lists sort the employee by what holds.
 */
final class StoreIntegrity {

  private static final String OBJECTS =
      """
      select count(*) from repository r
      join stored_object o using (repository_id)
      left join ciphertext c using (repository_id, name)
      left join lateral (
        select sha256(coalesce(string_agg(p.bytes, ''::bytea order by p.number), ''::bytea)) as hash,
          coalesce(sum(octet_length(p.bytes)), 0) as length
        from ciphertext_page p where p.ciphertext_id = c.ciphertext_id) pages on true
      where r.set_id = ? and (c.ciphertext_id is null or pages.hash <> o.name
        or pages.length <> o.size_bytes or c.size_bytes <> o.size_bytes)
      """;

  private static final String UNRECORDED =
      """
      select count(*) from repository r
      join ciphertext c using (repository_id)
      left join stored_object o using (repository_id, name)
      where r.set_id = ? and o.object_id is null
      """;

  private static final String FIGURES =
      """
      select count(*) from repository r
      where r.set_id = ? and (r.object_count, r.stored_bytes) <> (
        select count(*), coalesce(sum(o.size_bytes), 0) from stored_object o
        where o.repository_id = r.repository_id)
      """;

  private static final String SERIES =
      """
      select count(*) from repository r
      join series s using (repository_id)
      where r.set_id = ? and s.last_sequence <> (
        select count(*) from snapshot p
        join snapshot_objects using (snapshot_row)
        where p.repository_id = r.repository_id and p.device_id = s.device_id)
      """;

  private StoreIntegrity() {}

  static void require(StackDatabase database, String setId, String told) throws SQLException {
    try (Connection connection = database.asOwner()) {
      for (String wrong : new String[] {OBJECTS, UNRECORDED, FIGURES, SERIES}) {
        try (PreparedStatement query = connection.prepareStatement(wrong)) {
          query.setString(1, setId);
          try (ResultSet row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).as("%s: %s", told, wrong).isZero();
          }
        }
      }
    }
    SummaryConsistency.requireTrue(
        database, "select employee_id from repository where set_id = '" + setId + "'");
  }
}
