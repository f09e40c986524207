package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.StackObjects;
import org.hikae.it.stack.SummaryConsistency;

/**
 * Looks into what is stored of one set beside PostgreSQL, in rows or files: every object has its
 * bytes under their hash, no bytes are without a record, the figures of the repository fit, every
 * snapshot has its list and its place in a series without a gap, and lists sort the employee by
 * what holds.
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

  private static final String BESIDE =
      """
      select o.repository_id, o.name, o.size_bytes, f.slot, f.size_bytes from repository r
      join stored_object o using (repository_id)
      left join TABLE f using (repository_id, name)
      where r.set_id = ?
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

  static void require(StackDatabase database, String setId, String told)
      throws SQLException, IOException {
    try (Connection connection = database.asOwner()) {
      Optional<StackObjects> objects = database.objects();
      if (objects.isPresent()) {
        requireObjects(connection, setId, objects.get(), told);
      }
      List<String> all =
          objects
              .map(
                  beside ->
                      UNRECORDED.replace("join ciphertext c", "join " + beside.table() + " c"))
              .map(unrecorded -> List.of(unrecorded, FIGURES, SERIES))
              .orElse(List.of(OBJECTS, UNRECORDED, FIGURES, SERIES));
      for (String wrong : all) {
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

  private static void requireObjects(
      Connection connection, String setId, StackObjects objects, String told)
      throws SQLException, IOException {
    String sql = BESIDE.replace("TABLE", objects.table());
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, setId);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String name = HexFormat.of().formatHex(row.getBytes(2));
          int slot = row.getInt(4);
          assertThat(row.wasNull()).as("%s: %s has no bytes", told, name).isFalse();
          byte[] bytes = Files.readAllBytes(objects.file(row.getLong(1), name, slot));
          assertThat(Hash256.sha256(bytes).hex()).as(told).isEqualTo(name);
          assertThat(row.getLong(3)).as(told).isEqualTo(bytes.length).isEqualTo(row.getLong(5));
        }
      }
    }
  }
}
