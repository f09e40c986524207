package org.hikae.problem.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageFailureClassifierTest {

  private static EJBException by(Throwable cause) {
    return new EJBException("failed", new RuntimeException("a layer between", cause));
  }

  private static EJBException whileCommitting(Throwable cause) {
    IllegalStateException rolledBack = new IllegalStateException("ARJUNA016053");
    rolledBack.addSuppressed(cause);
    return new EJBException("rolled back", rolledBack);
  }

  static Stream<Throwable> ofDatabasesThatAreGone() {
    return Stream.of(
        by(new SQLException("This connection has been closed.", "08003")),
        by(new SQLException("I/O error", "08006")),
        by(new SQLException("terminating connection", "57P01")),
        by(new SQLException("the database system is starting up", "57P03")),
        by(new SQLException("cannot execute INSERT in a read-only transaction", "25006")),
        by(new SQLException("The database has been closed", "90098")),
        by(new SQLTransientConnectionException("none in time")),
        by(new ResourceException("IJ000453: Unable to get managed connection")),
        whileCommitting(new XAException(XAException.XAER_RMFAIL)),
        by(new IOException("Input/output error")),
        by(new FileSystemException("incoming/1", null, "Read-only file system")),
        by(new NoSuchFileException("hikae-store")),
        whileCommitting(new AccessDeniedException("objects")));
  }

  @ParameterizedTest
  @MethodSource("ofDatabasesThatAreGone")
  void a_database_that_is_gone_is_no_defect_and_soon_tried_again(Throwable failure) {
    Refusal refusal = StorageFailureClassifier.behind(failure).orElseThrow();
    assertThat(refusal.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE);
    assertThat(refusal.retryAfterSeconds()).isEqualTo(StorageFailureClassifier.UNAVAILABLE_SECONDS);
  }

  static Stream<Throwable> ofFullVolumes() {
    SQLException batch = new SQLException("batch", "08000");
    batch.setNextException(new SQLException("could not extend file", "53100"));
    return Stream.of(
        by(new SQLException("could not extend file", "53100")),
        by(batch),
        whileCommitting(new SQLException("could not write", "53100")),
        by(new SQLException("IO", "90028", new IOException("No space left on device"))),
        by(new IOException("Disk quota exceeded")),
        whileCommitting(new FileSystemException("objects/1", null, "No space left on device")));
  }

  @ParameterizedTest
  @MethodSource("ofFullVolumes")
  void a_full_volume_is_told_from_a_database_that_is_gone(Throwable failure) {
    assertThat(StorageFailureClassifier.behind(failure).orElseThrow().code())
        .isEqualTo(ProblemCode.STORAGE_FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "HYT00", "90131"})
  void rows_that_others_hold_are_no_defect(String state) {
    Refusal refusal =
        StorageFailureClassifier.behind(by(new SQLException("held", state))).orElseThrow();
    assertThat(refusal.code()).isEqualTo(ProblemCode.BUSY);
    assertThat(refusal.retryAfterSeconds()).isEqualTo(StorageFailureClassifier.CONTENDED_SECONDS);
  }

  @Test
  void defects_stay_defects() {
    assertThat(StorageFailureClassifier.behind(null)).isEqualTo(Optional.empty());
    assertThat(StorageFailureClassifier.behind(by(new SQLException("duplicate key", "23505"))))
        .isEmpty();
    assertThat(StorageFailureClassifier.behind(by(new IOException("Connection reset")))).isEmpty();
    IllegalStateException round = new IllegalStateException("one");
    round.addSuppressed(new IllegalStateException("two", round));
    assertThat(StorageFailureClassifier.behind(round)).isEmpty();
  }
}
