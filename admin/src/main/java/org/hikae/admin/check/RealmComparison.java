package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.identity.wire.RealmNames;

/** Compares a real realm with {@code hikae-realm.json} in what protects somebody. */
final class RealmComparison {

  private static final List<String> SWITCHES =
      List.of(
          "enabled",
          "publicClient",
          "bearerOnly",
          "standardFlowEnabled",
          "implicitFlowEnabled",
          "directAccessGrantsEnabled",
          "serviceAccountsEnabled",
          "fullScopeAllowed");

  private static final String PKCE = "pkce.code.challenge.method";

  /** Demands a proof for every token, and portal and agent use plain ones with each other. */
  private static final String BOUND = "dpop.bound.access.tokens";

  private static final String AUDIENCE_MAPPER = "oidc-audience-mapper";
  private static final String AUDIENCE = "included.client.audience";
  private static final Set<String> ROLES =
      Set.of(RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR);

  private final RealmCheck.Expected expected;
  private final JsonNode shipped;

  RealmComparison(RealmCheck.Expected expected) {
    this.expected = expected;
    this.shipped = shipped();
  }

  private static JsonNode shipped() {
    try (InputStream in = RealmComparison.class.getResourceAsStream("hikae-realm.json")) {
      if (in == null) {
        throw new IllegalStateException("hikae-realm.json is not packed");
      }
      return ResponseJson.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every difference that matters. */
  List<DoctorFinding> of(JsonNode clients, JsonNode roles) {
    List<DoctorFinding> findings = new ArrayList<>();
    for (JsonNode wanted : shipped.path("clients")) {
      String id = wanted.path("clientId").asText();
      Optional<JsonNode> real = named(clients, "clientId", id);
      if (real.isPresent()) {
        client(id, wanted, real.get(), findings);
      } else if (!mayBeMissing(id, wanted)) {
        findings.add(DoctorFinding.of(FindingCode.REALM_CLIENT, id));
      }
    }
    Set<String> there =
        each(roles).stream().map(role -> role.path("name").asText()).collect(Collectors.toSet());
    ROLES.stream()
        .filter(role -> !there.contains(role))
        .sorted()
        .forEach(role -> findings.add(DoctorFinding.of(FindingCode.REALM_ROLE, role)));
    return findings;
  }

  /** A client that is off is as good as none; ending sessions is a company's choice. */
  private boolean mayBeMissing(String id, JsonNode wanted) {
    return !wanted.path("enabled").asBoolean()
        || (id.equals(RealmNames.SESSIONS_CLIENT) && !expected.endsSessions());
  }

  private void client(String id, JsonNode wanted, JsonNode real, List<DoctorFinding> findings) {
    for (String name : SWITCHES) {
      boolean should = wanted.path(name).asBoolean();
      boolean is = real.path(name).asBoolean();
      if (wanted.has(name) && should != is) {
        findings.add(DoctorFinding.of(FindingCode.REALM_DIFFERS, id, name, is, should));
      }
    }
    String pkce = wanted.path("attributes").path(PKCE).asText("");
    String realPkce = real.path("attributes").path(PKCE).asText("");
    if (!pkce.equals(realPkce)) {
      findings.add(DoctorFinding.of(FindingCode.REALM_DIFFERS, id, PKCE, realPkce, pkce));
    }
    if (real.path("attributes").path(BOUND).asBoolean()) {
      findings.add(DoctorFinding.of(FindingCode.REALM_DIFFERS, id, BOUND, true, false));
    }
    for (JsonNode mapper : wanted.path("protocolMappers")) {
      String audience = audience(mapper);
      boolean there =
          each(real.path("protocolMappers")).stream().anyMatch(m -> audience(m).equals(audience));
      if (!audience.isEmpty() && !there) {
        findings.add(DoctorFinding.of(FindingCode.REALM_AUDIENCE, id, audience));
      }
    }
    if (id.equals(RealmNames.PORTAL_CLIENT) && !sendsBack(real)) {
      findings.add(DoctorFinding.of(FindingCode.REALM_REDIRECT, id, expected.portalUrl()));
    }
  }

  /** The audience that a mapper puts into access tokens; empty when it does something else. */
  private static String audience(JsonNode mapper) {
    JsonNode config = mapper.path("config");
    boolean inAccessToken =
        mapper.path("protocolMapper").asText().equals(AUDIENCE_MAPPER)
            && config.path("access.token.claim").asText().equals("true");
    return inAccessToken ? config.path(AUDIENCE).asText("") : "";
  }

  private boolean sendsBack(JsonNode client) {
    String page = expected.portalUrl() + "/index.xhtml";
    return each(client.path("redirectUris")).stream()
        .map(JsonNode::asText)
        .anyMatch(
            uri ->
                uri.endsWith("*")
                    ? page.startsWith(uri.substring(0, uri.length() - 1))
                    : page.equals(uri));
  }

  private static Optional<JsonNode> named(JsonNode list, String field, String value) {
    return each(list).stream().filter(node -> node.path(field).asText().equals(value)).findFirst();
  }

  private static List<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
