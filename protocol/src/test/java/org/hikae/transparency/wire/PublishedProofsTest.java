package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** Proofs of transparency-dev/merkle, good ones and what must be refused (HK1-X-02). */
class PublishedProofsTest {

  @Test
  void inclusions() {
    List<Map<String, String>> rows = PublishedVectors.rows("inclusion.tsv");
    assertThat(rows).hasSize(98);
    for (Map<String, String> row : rows) {
      boolean proved =
          areHashes(row, "proof", "root", "leafHash")
              && new InclusionProof(number(row, "leafIdx"), number(row, "treeSize"), proof(row))
                  .proves(hash(row, "leafHash"), hash(row, "root"));
      assertThat(proved).as(row.get("name")).isEqualTo(isGood(row));
    }
  }

  @Test
  void consistencies() {
    List<Map<String, String>> rows = PublishedVectors.rows("consistency.tsv");
    assertThat(rows).hasSize(98);
    for (Map<String, String> row : rows) {
      boolean proved =
          areHashes(row, "proof", "root1", "root2")
              && new ConsistencyProof(number(row, "size1"), number(row, "size2"), proof(row))
                  .proves(hash(row, "root1"), hash(row, "root2"));
      // Roots of twelve bytes, "don't care 2", are none here.
      boolean isGood = isGood(row) && areHashes(row, "root1");
      assertThat(proved).as(row.get("name")).isEqualTo(isGood);
    }
  }

  /** A hash of another length cannot even be written down here. */
  private static boolean areHashes(Map<String, String> row, String... columns) {
    return List.of(columns).stream()
        .flatMap(column -> PublishedVectors.base64(cell(row, column)).stream())
        .allMatch(bytes -> bytes.length == 32);
  }

  private static boolean isGood(Map<String, String> row) {
    return cell(row, "result").equals("proves");
  }

  /** The numbers there have 64 bits; those above 2^63 - 1 come out negative. */
  private static long number(Map<String, String> row, String column) {
    return Long.parseUnsignedLong(cell(row, column));
  }

  private static Hash256 hash(Map<String, String> row, String column) {
    return Hash256.of(PublishedVectors.base64(cell(row, column)).getFirst());
  }

  private static List<Hash256> proof(Map<String, String> row) {
    return PublishedVectors.base64(cell(row, "proof")).stream().map(Hash256::of).toList();
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column));
  }
}
