package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.hikae.backup.boundary.DeviceStorage;
import org.hikae.backup.boundary.MissingObjectQueries;
import org.hikae.backup.boundary.NightSteps;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.ObjectUploads;
import org.hikae.backup.boundary.SnapshotCatalogue;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.boundary.SnapshotReleases;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.it.container.Onboarding.Enrolled;
import org.jspecify.annotations.Nullable;

/** Backups of small texts, and nights that pass in a moment. */
@Dependent
class Nights {

  static final String WORKER = "test";
  static final Duration NIGHT = Duration.ofDays(1);

  @Inject private Onboarding onboarding;
  @Inject private ObjectUploads uploads;
  @Inject private ObjectDownloads downloads;
  @Inject private MissingObjectQueries missingObjects;
  @Inject private SnapshotCommits commits;
  @Inject private SnapshotCatalogue snapshots;
  @Inject private SnapshotReleases releases;
  @Inject private DeviceStorage deviceStorage;
  @Inject private NightSteps night;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Resource(lookup = "java:jboss/datasources/HikaeOwnerDS")
  private DataSource owner;

  /** The server's clock as the steps are told. */
  Instant now = Instant.now();

  /** Begins in the real present again, whatever the test before pretended. */
  void presentDay() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    update(
        "update housekeeping set wall_at = ?, kept_at = ?, started_at = ?, cursor_at = null,"
            + " holder = null",
        now,
        now,
        now);
  }

  /** An employee who has opted in. */
  Series series(String subject) throws Exception {
    return new Series(onboarding.enrolled(subject));
  }

  DataSource application() {
    return application;
  }

  DataSource owner() {
    return owner;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes of texts, all together. */
  static long size(String... texts) {
    return Arrays.stream(texts).mapToLong(text -> bytes(text).length).sum();
  }

  static String name(String text) {
    return Hash256.sha256(bytes(text)).hex();
  }

  static Hash256 hash(String text) {
    return Hash256.sha256(bytes(text));
  }

  boolean upload(Enrolled who, String text) throws Exception {
    byte[] body = bytes(text);
    return who.agent()
        .call(
            () ->
                uploads.receive(
                    who.session(), name(text), body.length, new ByteArrayInputStream(body)));
  }

  void download(Enrolled who, String text) throws Exception {
    long size = who.agent().call(() -> downloads.size(who.session(), name(text)));
    assertThat(size).isEqualTo(bytes(text).length);
  }

  List<String> missing(Enrolled who, String... texts) throws Exception {
    List<String> names = Arrays.stream(texts).map(Nights::name).toList();
    return who.agent()
        .call(() -> missingObjects.of(who.session(), new MissingQuery(names)))
        .missing();
  }

  /** A backup of one device: the series so far, and commits to it. */
  final class Series {

    final Enrolled who;
    private final String setId;
    final List<SnapshotView> made = new ArrayList<>();
    private List<String> last = List.of();

    Series(Enrolled who) throws Exception {
      this.who = who;
      this.setId = onboarding.optIn(who);
    }

    CommitSnapshot next(List<String> packs) {
      String previous = made.isEmpty() ? Hash256.ZERO.hex() : made.getLast().stubHash();
      int sequence = made.size() + 1;
      return new CommitSnapshot(
          setId,
          1,
          sequence,
          previous,
          name(root(sequence)),
          ObjectList.hash(packs.stream().map(Nights::hash).toList()).hex(),
          packs.stream().filter(p -> !last.contains(p)).map(Nights::name).toList(),
          last.stream().filter(p -> !packs.contains(p)).map(Nights::name).toList(),
          1,
          1);
    }

    String root(int sequence) {
      return "root " + sequence + " of " + who.agent().subject();
    }

    SnapshotView commit(String... packs) throws Exception {
      for (String pack : packs) {
        upload(who, pack);
      }
      return commitUploaded(packs);
    }

    SnapshotView commitUploaded(String... packs) throws Exception {
      upload(who, root(made.size() + 1));
      CommitSnapshot commit = next(List.of(packs));
      SnapshotView view = who.agent().call(() -> commits.commit(who.session(), commit)).snapshot();
      made.add(view);
      last = List.of(packs);
      return view;
    }

    SnapshotView view(SnapshotView of) throws Exception {
      return who.agent().call(() -> snapshots.find(who.session(), of.snapshotId()));
    }

    @Nullable Fate fate(SnapshotView of) throws Exception {
      return view(of).fate();
    }

    SnapshotView release(SnapshotView of) throws Exception {
      return who.agent().call(() -> releases.release(who.session(), of.snapshotId()));
    }

    StorageView storage() throws Exception {
      return who.agent().call(() -> deviceStorage.storage(who.session()));
    }

    long repositoryId() throws Exception {
      return number("select repository_id from repository where set_id = '" + setId + "'");
    }

    long employeeId() throws Exception {
      return number("select employee_id from repository where set_id = '" + setId + "'");
    }

    /** The night's work in this repository alone. */
    void work() throws Exception {
      long id = repositoryId();
      night.decide(id, now);
      while (night.sweep(id, now)) {
        // Batches go on until nothing is left.
      }
    }
  }

  long number(String query) throws Exception {
    try (Connection connection = application.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  List<String> texts(String query) throws Exception {
    List<String> texts = new ArrayList<>();
    try (Connection connection = application.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  void update(String sql, Object... values) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(
            i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
      }
      statement.executeUpdate();
    }
  }

  /** Lets nights pass, each a day after the one before, without work in any repository. */
  void nights(int count) {
    for (int i = 0; i < count; i++) {
      now = now.plus(NIGHT);
      assertThat(night.begin(WORKER, now, now))
          .hasValueSatisfying(begun -> assertThat(begun.jumped()).isFalse());
      night.end(WORKER, now);
    }
  }
}
