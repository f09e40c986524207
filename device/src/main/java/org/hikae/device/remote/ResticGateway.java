package org.hikae.device.remote;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.Json;
import org.hikae.device.state.ResticLogin;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.ProblemCode;

/**
 * A restic repository at the portal, by restic's own protocol and with a restic credential
 * (docs/spec/restic.md). What it has cannot be overwritten, so storing twice is harmless.
 */
public final class ResticGateway {

  /** Most bytes of a list: some 350,000 objects. */
  private static final int MAX_LIST_BYTES = 32 * 1024 * 1024;

  private static final int MAX_CONFIG_BYTES = 64 * 1024;
  private static final String VERSION_2 = "application/vnd.x.restic.rest.v2";
  private static final String BYTES = "application/octet-stream";
  private static final String CONFIG = "config";

  private final PortalHttp http;
  private final String base;
  private final String authorization;

  /** Asks for {@code repository} with a credential of it. */
  public ResticGateway(PortalHttp http, String repository, ResticLogin login) {
    this.http = http;
    this.base = "/restic/" + repository + "/";
    byte[] pair = (login.username() + ":" + login.password()).getBytes(StandardCharsets.US_ASCII);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private record Listed(String name, long size) {}

  /** The config, if there is one. */
  public Optional<byte[]> config() throws AgentException {
    try {
      Call call = call("GET", CONFIG).withHeader("Accept", BYTES);
      return Optional.of(http.open(call.withMaxAnswerBytes(MAX_CONFIG_BYTES)).body());
    } catch (PortalRefusal e) {
      if (e.is(ProblemCode.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Stores the config; refused when there is one. */
  public void putConfig(byte[] bytes) throws AgentException {
    http.open(call("POST", CONFIG).withBody(BYTES, bytes));
  }

  /** Names and lengths of all that it has of a type. */
  public Map<Hash256, Long> list(ResticType type) throws AgentException {
    Call call = call("GET", folder(type)).withHeader("Accept", VERSION_2);
    byte[] body = http.open(call.withMaxAnswerBytes(MAX_LIST_BYTES)).body();
    Map<Hash256, Long> found = new HashMap<>();
    try (MappingIterator<Listed> all = Json.mapper().readerFor(Listed.class).readValues(body)) {
      while (all.hasNextValue()) {
        Listed one = all.nextValue();
        found.put(Hash256.parse(one.name()), one.size());
      }
      return found;
    } catch (IOException | MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", http.host());
    }
  }

  /** Stores an object under its name; success also when it is there. */
  public void put(ResticType type, Hash256 name, byte[] bytes) throws AgentException {
    try {
      http.open(call("POST", folder(type) + name.hex()).withBody(BYTES, bytes));
    } catch (PortalRefusal e) {
      if (!e.is(ProblemCode.OBJECT_EXISTS)) {
        throw e;
      }
    }
  }

  private static String folder(ResticType type) {
    return type.name().toLowerCase(Locale.ROOT) + "/";
  }

  private Call call(String method, String path) {
    return http.call(method, base + path).withHeader("Authorization", authorization);
  }
}
