package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.bucket.store.S3Credentials;
import org.hikae.backup.bucket.store.S3Limits;
import org.hikae.backup.bucket.store.S3Location;
import org.hikae.hk1.Hash256;
import org.hikae.testing.S3Servers;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A store in a bucket beside a database, which keeps the contract, and what others do to it. */
abstract class S3StoreBase extends CiphertextStoreTestBase {

  static final String PREFIX = "portal/";

  /** Of the database, half of which may wait for the bucket. */
  static final int CONNECTIONS = 20;

  S3Servers server;
  S3CiphertextStore store;

  /** Who else has the credentials. */
  S3Client others;

  @Override
  void openStore(Path directory) throws IOException {
    server = S3Servers.start(directory.resolve("s3"));
    others =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Servers.ACCESS_KEY, S3Servers.SECRET_KEY)))
            .httpClientBuilder(Apache5HttpClient.builder())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .build();
    store = opened(server.endpoint(), PREFIX);
    assertThat(store.probe()).isEmpty();
  }

  @AfterAll
  void stopServer() throws IOException {
    store.close();
    others.close();
    server.close();
  }

  S3CiphertextStore opened(URI endpoint, String prefix) {
    return opened(location(endpoint, prefix), Clock.systemUTC(), new Random(20261201));
  }

  S3CiphertextStore opened(S3Location location, Clock clock, Random random) {
    return new S3CiphertextStore(transactions, location, clock, random);
  }

  static S3Location location(URI endpoint, String prefix) {
    return location(endpoint, prefix, S3Limits.of(Duration.ofSeconds(30), CONNECTIONS));
  }

  static S3Location location(URI endpoint, String prefix, S3Limits limits) {
    return new S3Location(
        endpoint,
        "us-east-1",
        S3Servers.BUCKET,
        prefix,
        true,
        S3Credentials.of(S3Servers.ACCESS_KEY, S3Servers.SECRET_KEY),
        null,
        limits);
  }

  @Override
  CiphertextStore store() {
    return store;
  }

  static String path(ObjectKey key, int slot) {
    return PREFIX
        + "objects/"
        + key.repositoryId()
        + "/"
        + key.name().hex()
        + (slot == 0 ? "" : ".1");
  }

  @Override
  void harm(ObjectKey key, DiskDamage harm) throws Exception {
    String path = path(key, slot(key));
    if (harm == DiskDamage.GONE) {
      remove(path);
      return;
    }
    byte[] bytes = read(path);
    if (harm == DiskDamage.FLIPPED) {
      bytes[bytes.length / 2] ^= 1;
    }
    write(path, harm == DiskDamage.CUT ? Arrays.copyOf(bytes, 2) : bytes);
  }

  byte[] read(String path) {
    return others.getObjectAsBytes(get -> get.bucket(S3Servers.BUCKET).key(path)).asByteArray();
  }

  void remove(String path) {
    others.deleteObject(delete -> delete.bucket(S3Servers.BUCKET).key(path));
  }

  void write(String path, byte[] bytes) {
    others.putObject(put -> put.bucket(S3Servers.BUCKET).key(path), RequestBody.fromBytes(bytes));
  }

  List<String> objectsOf(long repository) {
    return list(PREFIX + "objects/" + repository + "/");
  }

  List<String> list(String prefix) {
    return others
        .listObjectsV2(list -> list.bucket(S3Servers.BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private int slot(ObjectKey key) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select slot from ciphertext_object where repository_id = ? and name = ?")) {
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
            connection.prepareStatement("insert into ciphertext_object values (?, ?, 0, ?)")) {
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

  /** A put whose transaction is refused when everything is in the bucket. */
  ObjectKey orphan(long repository, byte[] bytes) throws Exception {
    ObjectKey key = key(repository, bytes);
    try (Connection _ = transactions.begin()) {
      store.put(key, bytes);
    } finally {
      transactions.end();
    }
    assertThat(objectsOf(repository)).contains(path(key, 0));
    assertThat(store.exists(key)).isFalse();
    return key;
  }

  static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
