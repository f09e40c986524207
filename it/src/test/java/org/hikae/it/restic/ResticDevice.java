package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;

/**
 * A device that uses restic: the employee, the device's own session, and a credential.
 *
 * @param kind the database of the system
 * @param person the employee
 * @param device the device
 * @param session calls with the device's session
 * @param username the credential's name
 * @param password the credential's password
 * @param repository the repository that it opens
 */
record ResticDevice(
    StackDatabase.Kind kind,
    TestAccount person,
    ApiDevice device,
    ApiClient session,
    String username,
    String password,
    String repository) {

  static final String CREDENTIALS = "/v1/device/restic/credentials";

  /** A new employee who has opted in, and a credential for their device. */
  static ResticDevice on(StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    TestAccount testAccount = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "restic");
    ApiClient session = device.session();
    device.optIn(session);
    return given(kind, testAccount, device, session);
  }

  private static ResticDevice given(
      StackDatabase.Kind kind, TestAccount testAccount, ApiDevice device, ApiClient session) {
    ApiReply given = session.send("POST", CREDENTIALS, null, null);
    assertThat(given.status()).as("%s", given.status()).isEqualTo(201);
    JsonNode credential = given.json();
    return new ResticDevice(
        kind,
        testAccount,
        device,
        session,
        credential.path("username").asText(),
        credential.path("password").asText(),
        credential.path("repository").asText());
  }

  /** Another credential of the same device. */
  ResticDevice again() {
    return given(kind, person, device, session);
  }

  /** The same client as it would ask for another repository. */
  ResticDevice asking(String other) {
    return new ResticDevice(kind, person, device, session, username, password, other);
  }

  /** The same client with another password. */
  ResticDevice saying(String other) {
    return new ResticDevice(kind, person, device, session, username, other, repository);
  }

  /** Calls with the credential. */
  ApiClient api() throws Exception {
    String pair = Base64.getEncoder().encodeToString(utf8(username + ":" + password));
    return TestCompany.on(kind).anonymous().with("Authorization", "Basic " + pair);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Where something of the repository lies. */
  String at(String path) {
    return "/restic/" + repository + "/" + path;
  }

  ApiReply send(String method, String path) throws Exception {
    return api().send(method, at(path), null, null);
  }

  /** Stores bytes under their hash and gives the path. */
  String stored(String folder, byte[] bytes) throws Exception {
    String path = folder + "/" + Hash256.sha256(bytes).hex();
    ApiReply reply = post(path, bytes);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return path;
  }

  ApiReply post(String path, byte[] bytes) throws Exception {
    return api().bytes("POST", at(path), bytes);
  }

  /** What the employee's backup takes. */
  JsonNode storage() {
    return session.get("/v1/device/storage").json();
  }

  /** One number of the database, asked with the repository's name. */
  long number(String query) throws Exception {
    try (Connection connection = TestCompany.on(kind).stack().db().asOwner();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, repository);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }

  /** How many objects the portal has of the repository, released ones among them. */
  long objects() throws Exception {
    return ofObjects("count(*)");
  }

  /** Bytes of the largest of them. */
  long largestObject() throws Exception {
    return ofObjects("max(o.size_bytes)");
  }

  private long ofObjects(String figure) throws Exception {
    return number(
        "select "
            + figure
            + " from stored_object o join repository r"
            + " on r.repository_id = o.repository_id where r.restic_id = ?");
  }

  /** Revokes the credential. */
  void revoke() {
    ApiReply revoked = session.send("DELETE", CREDENTIALS + "/" + username, null, null);
    assertThat(revoked.status()).as("%s", revoked).isEqualTo(204);
  }

  /** Makes rows of so many packs, without their bytes. */
  void fill(int packs) throws Exception {
    String own = "(select repository_id from repository where restic_id = '" + repository + "')";
    try (Connection connection = TestCompany.on(kind).stack().db().asOwner();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into stored_object (repository_id, name, size_bytes, stored_at)"
                    + " select repository_id, ?, 1, created_at from repository"
                    + " where repository_id = "
                    + own)) {
      for (int i = 0; i < packs; i++) {
        insert.setBytes(1, Hash256.sha256(utf8(String.valueOf(i))).toBytes());
        insert.addBatch();
      }
      insert.executeBatch();
      try (var statement = connection.createStatement()) {
        statement.executeUpdate(
            "insert into restic_object (repository_id, type, object_id, released, stored_at)"
                + " select repository_id, 'DATA', object_id, false, stored_at from stored_object"
                + " where repository_id = "
                + own);
      }
    }
  }

  /** An administrator takes the repository back; what changed. */
  JsonNode takeBack(Instant moment) throws Exception {
    String path = "/v1/admin/employees/" + employeeId() + "/restic/" + repository + "/take-back";
    Map<String, Object> body = Map.of("moment", moment.toString());
    ApiReply taken = TestCompany.on(kind).admin().json("POST", path, body);
    assertThat(taken.status()).as("%s", taken).isEqualTo(200);
    return taken.json();
  }

  /** An administrator makes rules for the employee. */
  void rule(Map<String, Object> values) throws Exception {
    String path = "/v1/admin/policies/scopes/employee/" + employeeId();
    Map<String, Object> body = Map.of("replaces", 0, "values", values);
    ApiReply made = TestCompany.on(kind).admin().json("PUT", path, body);
    assertThat(made.status()).as("%s", made).isEqualTo(200);
  }

  private long employeeId() throws Exception {
    ApiReply found =
        TestCompany.on(kind).admin().get("/v1/admin/employees?search=" + person.username());
    return found.json().at("/employees/0/employeeId").asLong();
  }

  /** Lets all that is stored have come at a time. */
  void storedAt(Instant time) throws Exception {
    try (Connection connection = TestCompany.on(kind).stack().db().asOwner();
        PreparedStatement update =
            connection.prepareStatement(
                "update restic_object set stored_at = ? where repository_id ="
                    + " (select repository_id from repository where restic_id = ?)")) {
      update.setObject(1, time.atOffset(ZoneOffset.UTC));
      update.setString(2, repository);
      assertThat(update.executeUpdate()).isPositive();
    }
  }

  /** Changes a row behind the portal's back. */
  void change(String update, Object... values) throws Exception {
    try (Connection connection = TestCompany.on(kind).stack().db().asOwner();
        PreparedStatement statement = connection.prepareStatement(update)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
