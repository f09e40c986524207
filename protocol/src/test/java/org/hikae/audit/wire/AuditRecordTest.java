package org.hikae.audit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** HK1-A-01, by hashes that were made of the specification's words with another program. */
class AuditRecordTest {

  private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");

  @Test
  void an_event_is_hashed_with_whom_it_concerns_and_what_people_are_called() {
    assertThat(of(42L, "ab".repeat(32)).hash(7, AuditRecord.BEGINNING))
        .isEqualTo("dbcc770cd7b37cb662b5a23f35174d25f83d3d24e4ef5c0ba9833f361f280552");
    assertThat(of(null, "ab".repeat(32)).hash(7, AuditRecord.BEGINNING))
        .isEqualTo("dbba4b2addb404189d101d53636bdd3b925500e06b813416322704014aea8a41");
  }

  @Test
  void an_event_of_before_names_were_hashed_keeps_its_hash() {
    assertThat(of(42L, null).hash(7, AuditRecord.BEGINNING))
        .isEqualTo("019781770457a952beb4c8687f77e1aff3d1937b42b204f62eec3e5cf95477cf");
  }

  @Test
  void what_people_are_called_is_hashed_with_its_salt() {
    assertThat(AuditRecord.personalHash("salt", "content"))
        .isEqualTo("2ce6a207fb5456e1ca6d46b74e7120c81f05ef5104d7c3418e55060d68d4814e");
  }

  private static AuditRecord of(Long employeeId, String personalHash) {
    return new AuditRecord(AT, "https://sso", "sub", "a.b", "o:1", "{}", employeeId, personalHash);
  }
}
