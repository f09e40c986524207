package org.hikae.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.hikae.hk1.Hash256;

/**
 * A device's repository of restic as whoever has the credential sees it.
 *
 * @param api calls with the credential
 * @param username the credential's name
 * @param repository the repository that it opens
 */
public record ResticHttpClient(ApiClient api, String username, String repository) {

  /** A new credential of the device whose session this is. */
  public static ResticHttpClient of(TestCompany company, ApiClient session) {
    ApiReply reply = session.send("POST", "/v1/device/restic/credentials", null, null);
    assertThat(reply.status()).isEqualTo(201);
    JsonNode given = reply.json();
    String username = given.path("username").asText();
    String pair = username + ":" + given.path("password").asText();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new ResticHttpClient(
        company.anonymous().with("Authorization", "Basic " + basic),
        username,
        given.path("repository").asText());
  }

  /** Stores bytes under their hash and gives their path at the portal. */
  public String stored(String folder, byte[] bytes) {
    String path = "/restic/" + repository + "/" + folder + "/" + Hash256.sha256(bytes).hex();
    ApiReply reply = api.bytes("POST", path, bytes);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return path;
  }
}
