package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.TestDatabase;

/** A store in files beside a database, which keeps the contract, and what tests do to it. */
abstract class FileStoreBase extends CiphertextStoreTestBase {

  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  static final Instant LATER = NOW.plus(Duration.ofDays(8));
  static final Instant GRACE_AGO = LATER.minus(Duration.ofDays(7));

  Path folder;
  FileCiphertextStore store;

  /** Whether a transaction waits for another one. */
  abstract boolean isSomebodyBlocked(TestDatabase database) throws SQLException;

  @Override
  void openStore(Path directory) throws IOException {
    folder = Files.createDirectory(directory.resolve("store"));
    store = opened(folder);
    assertThat(store.probe()).isEmpty();
  }

  FileCiphertextStore opened(Path at) {
    return new FileCiphertextStore(
        transactions, at, transactions, Clock.fixed(NOW, ZoneOffset.UTC), new Random(20261130));
  }

  @Override
  CiphertextStore store() {
    return store;
  }

  @Override
  void harm(ObjectKey key, DiskDamage harm) throws Exception {
    damage(file(key, slot(key)), harm);
  }

  Path file(ObjectKey key, int slot) {
    return folder.resolve(FileLayout.file(key, slot));
  }

  private int slot(ObjectKey key) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select slot from ciphertext_file where repository_id = ? and name = ?")) {
      select.setLong(1, key.repositoryId());
      select.setBytes(2, key.name().toBytes());
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getInt(1);
      }
    }
  }

  void record(ObjectKey key, int slot) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into ciphertext_file values (?, ?, 0, ?)")) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setInt(3, slot);
      insert.executeUpdate();
    }
  }

  void requireRead(ObjectKey key) throws IOException {
    long size = store.size(key).orElseThrow();
    try (InputStream in = store.open(key, 0, size).orElseThrow()) {
      assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
    }
  }

  List<Path> filesOf(long repository) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(FileLayout.repository(repository)))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A put whose transaction fails when everything is on the disk. */
  ObjectKey orphan(long repository, byte[] bytes) throws Exception {
    ObjectKey key = key(repository, bytes);
    try (Connection _ = transactions.begin()) {
      store.put(key, bytes);
      transactions.prepare();
    } finally {
      transactions.end();
    }
    assertThat(file(key, 0)).exists();
    assertThat(store.exists(key)).isFalse();
    return key;
  }

  /** Does to a file what a disk does. */
  static void damage(Path file, CiphertextStoreContract.DiskDamage harm) throws IOException {
    switch (harm) {
      case FLIPPED -> {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case CUT -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(2);
        }
      }
      case GONE -> Files.delete(file);
    }
  }
}
