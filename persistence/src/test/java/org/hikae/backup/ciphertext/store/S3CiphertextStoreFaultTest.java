package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.Callable;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.bucket.store.S3Credentials;
import org.hikae.backup.bucket.store.S3Limits;
import org.hikae.backup.bucket.store.S3Location;
import org.hikae.backup.ciphertext.store.FaultyS3Proxy.Fault;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.S3Servers;
import org.hikae.testing.SelfSignedKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server refuses, cuts off or does not answer is told by its name, and loses nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EveryThirdRun
class S3CiphertextStoreFaultTest {

  private static final Duration PATIENT = Duration.ofMinutes(1);

  private final Random random = new Random(20261201);
  private Path folder;
  private TestDatabase database;
  private ThreadBoundTransactions transactions;
  private S3Servers server;
  private FaultyS3Proxy proxy;
  private S3CiphertextStore store;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException, SQLException {
    folder = directory;
    database = TestDatabase.h2(folder);
    transactions = new ThreadBoundTransactions(database.application());
    server = S3Servers.start(folder.resolve("s3"));
    proxy = new FaultyS3Proxy(server.endpoint());
    store = opened(location(proxy.endpoint(), S3Servers.BUCKET, S3Servers.SECRET_KEY, null));
    assertThat(store.probe()).isEmpty();
  }

  @BeforeEach
  void reset() {
    proxy.reset();
    assertThat(store.probe()).isEmpty();
    proxy.reset();
  }

  @AfterAll
  void stop() throws IOException {
    store.close();
    proxy.close();
    server.close();
    database.shutDown();
  }

  private S3CiphertextStore opened(S3Location location) {
    return new S3CiphertextStore(transactions, location, Clock.systemUTC(), new Random(1));
  }

  private static S3Location location(
      URI endpoint, String bucket, String secret, @Nullable Path authorities) {
    return location(endpoint, bucket, S3Credentials.of(S3Servers.ACCESS_KEY, secret), authorities);
  }

  private static S3Location location(
      URI endpoint, String bucket, S3Credentials credentials, @Nullable Path authorities) {
    return location(endpoint, bucket, credentials, authorities, 1, PATIENT);
  }

  private static S3Location location(
      URI endpoint,
      String bucket,
      S3Credentials credentials,
      @Nullable Path authorities,
      int attempts,
      Duration silence) {
    return new S3Location(
        endpoint,
        "us-east-1",
        bucket,
        "portal/",
        true,
        credentials,
        authorities,
        new S3Limits(
            silence,
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            attempts,
            1,
            Duration.ofMillis(50)));
  }

  /** Waits for an answer no longer than a server takes that gives none. */
  private S3Location impatient() {
    return location(
        proxy.endpoint(),
        S3Servers.BUCKET,
        S3Credentials.of(S3Servers.ACCESS_KEY, S3Servers.SECRET_KEY),
        null,
        1,
        Duration.ofSeconds(1));
  }

  private VolumeFault probed(S3Location location) {
    try (S3CiphertextStore another = opened(location)) {
      return another.probe().orElseThrow();
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private ObjectKey key(byte[] bytes) {
    return new ObjectKey(
        database.inTransaction(em -> EmployeeFixture.person(em, "Sender").repositoryId()),
        Hash256.sha256(bytes));
  }

  private <T> T inTransaction(Callable<T> work) throws Exception {
    try (var connection = transactions.begin()) {
      T result = work.call();
      connection.commit();
      return result;
    } finally {
      transactions.end();
    }
  }

  private void requireStored(ObjectKey key, int length) throws IOException {
    try (InputStream in = store.open(key, 0, length).orElseThrow()) {
      assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, InvalidAccessKeyId, CREDENTIALS",
    "403, SignatureDoesNotMatch, CREDENTIALS",
    "403, AccessDenied, ACCESS",
    "404, NoSuchBucket, NOT_THERE",
    "301, PermanentRedirect, NOT_THERE",
    "403, RequestTimeTooSkewed, CLOCK",
    "500, InternalError, FAILING",
    "503, SlowDown, BUSY",
    "429, TooManyRequests, BUSY",
    "403, QuotaExceeded, FULL",
    "507, XMinioStorageFull, FULL",
    "418, Whatever, FAILING"
  })
  void what_the_server_answers_is_told_by_its_name(int status, String code, VolumeFault fault)
      throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    proxy.plan(100, new Fault.Answer(status, code));
    assertThat(store.probe()).contains(fault);
    Throwable failure = catchThrowable(() -> inTransaction(() -> store.put(key, bytes)));
    assertThat(failure)
        .isInstanceOf(CiphertextStoreException.class)
        .cause()
        .isInstanceOfSatisfying(
            VolumeException.class,
            told -> {
              assertThat(told.fault()).isEqualTo(fault);
              assertThat(told.getMessage().contains("No space left on device"))
                  .isEqualTo(fault == VolumeFault.FULL);
            });
    proxy.reset();
    assertThat(store.probe()).isEmpty();
    assertThat(store.exists(key)).as("nothing was kept").isFalse();
    assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
    requireStored(key, bytes.length);
  }

  @Test
  void what_is_wrong_with_the_settings_is_told_by_its_name(@TempDir Path folder) throws Exception {
    URI real = server.endpoint();
    assertThat(probed(location(real, S3Servers.BUCKET, "wrong", null)))
        .isEqualTo(VolumeFault.CREDENTIALS);
    assertThat(probed(location(real, "nobodys", S3Servers.SECRET_KEY, null)))
        .isEqualTo(VolumeFault.NOT_THERE);
    URI nobody = URI.create("http://127.0.0.1:1");
    assertThat(probed(location(nobody, S3Servers.BUCKET, S3Servers.SECRET_KEY, null)))
        .isEqualTo(VolumeFault.UNREACHABLE);
    proxy.plan(10, new Fault.Silence());
    assertThat(probed(impatient())).isEqualTo(VolumeFault.UNREACHABLE);
    SelfSignedKey own =
        SelfSignedKey.make(folder.resolve("own.p12"), "secret", "s3", "-ext", "san=ip:127.0.0.1");
    SelfSignedKey other = SelfSignedKey.make(folder.resolve("other.p12"), "secret", "s3");
    Path right = Files.writeString(folder.resolve("right.pem"), own.pem());
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), other.pem());
    HttpsServer tls =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    tls.createContext("/", request -> request.sendResponseHeaders(429, -1));
    tls.start();
    try {
      URI https = URI.create("https://127.0.0.1:" + tls.getAddress().getPort());
      assertThat(probed(location(https, S3Servers.BUCKET, "any", right)))
          .isEqualTo(VolumeFault.BUSY);
      assertThat(probed(location(https, S3Servers.BUCKET, "any", wrong)))
          .isEqualTo(VolumeFault.UNTRUSTED);
      assertThat(probed(location(https, S3Servers.BUCKET, "any", null)))
          .isEqualTo(VolumeFault.UNTRUSTED);
    } finally {
      tls.stop(0);
    }
  }

  @Test
  void a_file_with_credentials_is_the_owners_and_is_read_again(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("credentials");
    S3Location location =
        location(server.endpoint(), S3Servers.BUCKET, S3Credentials.in(file), null);
    try (S3CiphertextStore another = opened(location)) {
      assertThat(another.probe()).as("no file").contains(VolumeFault.CREDENTIALS);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
      String text = "[default]\naws_access_key_id = " + S3Servers.ACCESS_KEY + "\n";
      Files.writeString(file, text + "aws_secret_access_key=" + S3Servers.SECRET_KEY + "\n");
      assertThat(another.probe()).as("others may read it").contains(VolumeFault.CREDENTIALS);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThat(another.probe()).isEmpty();
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      assertThat(another.probe()).as("no secret").contains(VolumeFault.CREDENTIALS);
    }
    assertThat(location.toString()).doesNotContain(S3Servers.SECRET_KEY);
  }

  @Test
  void a_request_that_fails_once_is_sent_again_and_stored_once() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    try (S3CiphertextStore patient =
        opened(
            location(
                proxy.endpoint(),
                S3Servers.BUCKET,
                S3Credentials.of(S3Servers.ACCESS_KEY, S3Servers.SECRET_KEY),
                null,
                3,
                PATIENT))) {
      assertThat(patient.probe()).isEmpty();
      proxy.plan(1, new Fault.Answer(500, "InternalError"));
      proxy.plan(1, new Fault.Cut(0));
      assertThat(inTransaction(() -> patient.put(key, bytes))).isTrue();
      requireStored(key, bytes.length);
    }
  }

  @Test
  void a_stream_is_sent_once() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    proxy.plan(1, new Fault.Answer(500, "InternalError"));
    assertThat(
            catchThrowable(
                () ->
                    inTransaction(
                        () -> store.put(key, bytes.length, new ByteArrayInputStream(bytes)))))
        .isInstanceOf(CiphertextStoreException.class);
    assertThat(proxy.heads()).filteredOn(head -> head.startsWith("PUT ")).hasSize(1);
    assertThat(store.exists(key)).isFalse();
  }

  @Test
  void a_body_that_is_cut_off_is_fetched_on_and_never_ends_early() throws Exception {
    byte[] bytes = bytes(300_000);
    ObjectKey key = key(bytes);
    inTransaction(() -> store.put(key, bytes));
    proxy.plan(1, new Fault.Cut(1000));
    proxy.plan(1, new Fault.Cut(100_000));
    requireStored(key, bytes.length);
    proxy.plan(20, new Fault.Cut(0));
    Throwable failure =
        catchThrowable(
            () -> {
              try (InputStream in = store.open(key, 0, bytes.length).orElseThrow()) {
                in.readAllBytes();
              }
            });
    assertThat(failure).isInstanceOfAny(IOException.class, CiphertextStoreException.class);
    proxy.reset();
    requireStored(key, bytes.length);
  }

  @Test
  void a_server_that_is_busy_or_silent_while_it_is_read_says_nothing_of_an_object()
      throws Exception {
    byte[] bytes = bytes(300_000);
    ObjectKey key = key(bytes);
    inTransaction(() -> store.put(key, bytes));
    // The first request looks for the object, the second reads it.
    requireFault(VolumeFault.BUSY, key, new Fault.Cut(100_000), new Fault.Answer(503, "SlowDown"));
    proxy.reset();
    proxy.plan(20, new Fault.Silence());
    try (S3CiphertextStore impatient = opened(impatient())) {
      assertThat(catchThrowable(() -> impatient.open(key, 0, bytes.length)))
          .isInstanceOfSatisfying(
              CiphertextStoreException.class,
              told -> assertThat(told.fault()).contains(VolumeFault.UNREACHABLE));
    }
    proxy.reset();
    requireFault(VolumeFault.FAILING, key, new Fault.Cut(0), new Fault.Cut(0), new Fault.Cut(0));
    assertThat(store.digest(key).orElseThrow().hash()).isEqualTo(key.name());
  }

  private void requireFault(VolumeFault fault, ObjectKey key, Fault... whileRead) {
    proxy.reset();
    proxy.plan(1, new Fault.Header("x-planted: none"));
    for (Fault each : whileRead) {
      proxy.plan(1, each);
    }
    proxy.plan(20, whileRead[whileRead.length - 1]);
    assertThat(catchThrowable(() -> store.digest(key)))
        .isInstanceOfSatisfying(
            CiphertextStoreException.class, told -> assertThat(told.fault()).contains(fault));
    proxy.reset();
  }

  @Test
  void those_who_write_at_once_are_bounded_and_the_others_do_not_wait_long() {
    try (CiphertextStore.WritePermit _ = store.admitWriter()) {
      assertThat(catchThrowable(store::admitWriter))
          .isInstanceOfSatisfying(
              CiphertextStoreException.class,
              told -> assertThat(told.fault()).contains(VolumeFault.BUSY));
    }
    store.admitWriter().close();
  }

  @Test
  void changes_go_by_the_last_look_at_the_mark_while_there_is_another() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    proxy.plan(1, new Fault.Silence());
    Thread probing = Thread.ofVirtual().start(() -> store.probe());
    while (proxy.heads().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
    assertThat(looksAtTheMark()).as("only by the probe").isOne();
    proxy.endSilence();
    probing.join();
    proxy.reset();
    assertThat(inTransaction(() -> store.delete(key))).isTrue();
    assertThat(looksAtTheMark()).as("after a look that has failed").isOne();
  }

  private long looksAtTheMark() {
    return proxy.heads().stream()
        .filter(head -> head.startsWith("GET ") && head.contains("/portal/hikae-store "))
        .count();
  }

  @Test
  void what_is_sent_has_its_checksum() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    inTransaction(() -> store.put(key, bytes));
    String sum = Base64.getEncoder().encodeToString(key.name().toBytes());
    assertThat(proxy.heads())
        .anySatisfy(
            head ->
                assertThat(head)
                    .startsWith("PUT ")
                    .containsIgnoringCase("x-amz-checksum-sha256: " + sum));
  }

  @Test
  void a_server_that_has_other_bytes_than_it_was_sent_is_not_believed() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    String other = Base64.getEncoder().encodeToString(Hash256.ZERO.toBytes());
    proxy.plan(1, new Fault.Header("x-amz-checksum-sha256: " + other));
    assertThat(catchThrowable(() -> inTransaction(() -> store.put(key, bytes))))
        .hasRootCauseMessage("The server has other bytes than it was sent.");
    assertThat(store.exists(key)).isFalse();
  }

  @Test
  void an_orphan_is_written_over_whatever_the_server_says_of_it() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = key(bytes);
    try (var _ = transactions.begin()) {
      store.put(key, bytes);
    } finally {
      transactions.end();
    }
    Path orphan =
        folder.resolve("s3/hikae/portal/objects/" + key.repositoryId() + "/" + key.name().hex());
    Files.write(orphan, bytes(3000));
    proxy.reset();
    String sum = Base64.getEncoder().encodeToString(key.name().toBytes());
    proxy.plan(10, new Fault.Header("x-amz-checksum-sha256: " + sum));
    assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
    proxy.reset();
    requireStored(key, bytes.length);
  }
}
