package org.hikae.enrollment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published texts and the ledger on both databases: who has to agree, and who is paused. */
class ConsentStoresTest extends OnBothDatabases {

  private static final Instant START = EmployeeFixture.START;

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static void publish(
      TestDatabase database, int version, Instant from, @Nullable Instant due) {
    database.inTransaction(
        em -> {
          new ConsentTextStore(em)
              .publish(
                  new ConsentVersion(version, START, from, due, "issuer", "admin"),
                  List.of(
                      new ConsentTranslation(version, "en", "Title " + version, "Body"),
                      new ConsentTranslation(version, "ja", "題 " + version, "本文")));
          return version;
        });
  }

  private static void note(
      TestDatabase database,
      EmployeeFixture.EnrolledEmployee who,
      int version,
      ConsentAction action) {
    database.inTransaction(
        em -> {
          ConsentTranslation text =
              new ConsentTextStore(em)
                  .texts(List.of(version)).stream()
                      .filter(one -> one.language().equals("en"))
                      .findFirst()
                      .orElseThrow();
          new ConsentStore(em)
              .add(new Consent(who.employeeId(), who.deviceId(), "agent", text, action, START));
          return action;
        });
  }

  private static Optional<Instant> due(
      TestDatabase database, EmployeeFixture.EnrolledEmployee who, int day) {
    return database.inTransaction(
        em -> {
          long id = who.employeeId();
          Optional<Instant> due = new ConsentStore(em).renewalDue(id, day(day));
          assertThat(new ConsentStore(em).renewalDue(List.of(id), day(day)))
              .as("of several at once")
              .isEqualTo(due.map(at -> Map.of(id, at)).orElse(Map.of()));
          return due;
        });
  }

  private static List<Long> toPause(TestDatabase database, int version) {
    return database.inTransaction(em -> new ConsentStore(em).toPause(version, 10));
  }

  private static long older(TestDatabase database, int version) {
    return database.inTransaction(em -> new ConsentStore(em).countOlder(version));
  }

  private static int agreed(TestDatabase database, EmployeeFixture.EnrolledEmployee who) {
    return database.inTransaction(em -> new ConsentStore(em).agreedVersion(who.employeeId()));
  }

  private static int shown(TestDatabase database, String language, int day) {
    return database
        .inTransaction(em -> new ConsentTextStore(em).current(language, day(day)))
        .orElseThrow()
        .version();
  }

  private static Optional<Integer> overdue(TestDatabase database, int day) {
    return database.inTransaction(em -> new ConsentTextStore(em).overdue(day(day)));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_new_portal_begins_with_a_text_in_the_words_of_its_pages(TestDatabase database) {
    ConsentTranslation first =
        database.inTransaction(em -> new ConsentTextStore(em).texts(List.of(1))).stream()
            .filter(text -> text.language().equals("ja"))
            .findFirst()
            .orElseThrow();
    assertThat(first.body()).contains("デバイス", "64 桁の鍵").doesNotContain("端末", "キー", "参加");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_later_text_is_asked_for_by_its_time_until_it_is_agreed_to(TestDatabase database) {
    EmployeeFixture.EnrolledEmployee ann =
        database.inTransaction(em -> EmployeeFixture.person(em, "Ann"));
    EmployeeFixture.EnrolledEmployee ben =
        database.inTransaction(em -> EmployeeFixture.person(em, "Ben"));
    note(database, ann, 1, ConsentAction.OPTED_IN);
    note(database, ben, 1, ConsentAction.OPTED_IN);
    assertThat(due(database, ann, 1)).isEmpty();

    publish(database, 2, day(2), null);
    publish(database, 3, day(4), day(10));
    publish(database, 4, day(5), day(8));
    assertThat(shown(database, "en", 1)).isEqualTo(1);
    assertThat(shown(database, "ja", 3)).isEqualTo(2);
    assertThat(due(database, ann, 3)).isEmpty();
    assertThat(due(database, ann, 4)).contains(day(10));
    assertThat(due(database, ann, 5)).contains(day(8));
    assertThat(overdue(database, 7)).isEmpty();
    assertThat(overdue(database, 8)).contains(4);
    assertThat(older(database, 4)).isEqualTo(2);

    note(database, ann, 4, ConsentAction.RECONSENTED);
    assertThat(due(database, ann, 20)).isEmpty();
    assertThat(agreed(database, ann)).isEqualTo(4);
    assertThat(toPause(database, 4)).containsExactly(ben.employeeId());
    assertThat(older(database, 4)).isEqualTo(1);

    note(database, ben, 4, ConsentAction.PAUSED);
    assertThat(toPause(database, 4)).isEmpty();
    assertThat(due(database, ben, 20)).contains(day(8));
    List<ConsentVersion> page =
        database.inTransaction(em -> new ConsentTextStore(em).versions(4, 2));
    assertThat(page).extracting(ConsentVersion::version).containsExactly(3, 2);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_applications_login_changes_no_published_text_and_no_entry(TestDatabase database)
      throws SQLException {
    for (String sql :
        List.of(
            "update consent set action = 'WITHDRAWN'",
            "delete from consent",
            "update consent_text set body = 'x'",
            "delete from consent_text",
            "update consent_version set reconsent_by = null",
            "delete from consent_version",
            "delete from consent_draft",
            "insert into consent_draft values (2, 0, '', '', '', '', null, null)")) {
      try (Connection connection = database.application().getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }
}
