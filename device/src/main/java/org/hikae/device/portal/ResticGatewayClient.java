package org.hikae.device.portal;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.http.HttpCall;
import org.hikae.device.http.RequestBody;
import org.hikae.device.state.ResticLogin;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * A restic repository at the portal, by restic's own protocol and with a restic credential
 * (docs/spec/restic.md). What it has cannot be overwritten, so storing twice is harmless.
 */
public final class ResticGatewayClient {

  /** Most bytes of an entry of a list. */
  private static final int MAX_ENTRY_BYTES = 160;

  /** Most bytes of a page of a list; the portal ends it with the first thousand beyond. */
  private static final int MAX_PAGE_BYTES = (ResticType.LIST_PAGE + 1000) * MAX_ENTRY_BYTES;

  /**
   * Most objects of a type that a portal is believed to have; a list that goes on would never end.
   */
  private static final int MAX_LISTED = 100_000_000;

  /** How many short pages a list may have; the portal sends one, the last. */
  private static final int MAX_SHORT_PAGES = 100;

  private static final int MAX_CONFIG_BYTES = 64 * 1024;
  private static final String VERSION_2 = "application/vnd.x.restic.rest.v2";
  private static final String BYTES = "application/octet-stream";
  private static final String CONFIG = "config";

  private final PortalHttpClient http;
  private final String base;
  private final String authorization;

  /** Asks for {@code repository} with a credential of it. */
  public ResticGatewayClient(PortalHttpClient http, String repository, ResticLogin login) {
    this.http = http;
    this.base = "/restic/" + repository + "/";
    byte[] pair = (login.username() + ":" + login.password()).getBytes(StandardCharsets.US_ASCII);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private record ListedObject(@Nullable String name, long size, long place) {}

  /** Hears of an object. */
  @FunctionalInterface
  public interface ObjectListener {
    /** It has this name and length. */
    void hear(Hash256 name, long size) throws AgentException;
  }

  /** The config, if there is one. */
  public Optional<byte[]> config() throws AgentException {
    try {
      HttpCall call = call("GET", CONFIG).withHeader("Accept", BYTES);
      return Optional.of(http.open(call.withMaxAnswerBytes(MAX_CONFIG_BYTES)).body());
    } catch (PortalRefusalException e) {
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

  /**
   * Tells of all that it has of a type, page by page: however many there are, a page is in memory,
   * and a page that is cut is asked for again.
   */
  public void each(ResticType type, ObjectListener objectListener) throws AgentException {
    long after = 0;
    int heard = 0;
    int shortPages = 0;
    for (List<ListedObject> page = page(type, after); !page.isEmpty(); page = page(type, after)) {
      if (page.size() < ResticType.LIST_PAGE && ++shortPages > MAX_SHORT_PAGES) {
        throw new AgentException(RunResult.NETWORK, "network.not-the-portal", http.host());
      }
      for (ListedObject one : page) {
        if (one.place() <= after || ++heard > MAX_LISTED) {
          // It would never end.
          throw new AgentException(RunResult.NETWORK, "network.not-the-portal", http.host());
        }
        after = one.place();
        try {
          objectListener.hear(Hash256.parse(Objects.requireNonNull(one.name())), one.size());
        } catch (MalformedException e) {
          throw notThePortal(e);
        }
      }
    }
  }

  private List<ListedObject> page(ResticType type, long after) throws AgentException {
    HttpCall call = call("GET", folder(type) + "?after=" + after).withHeader("Accept", VERSION_2);
    byte[] body = http.open(call.withMaxAnswerBytes(MAX_PAGE_BYTES)).body();
    List<ListedObject> found = new ArrayList<>();
    try (MappingIterator<ListedObject> all =
        AgentJson.mapper().readerFor(ListedObject.class).readValues(body)) {
      while (all.hasNextValue()) {
        ListedObject one = all.nextValue();
        if (one == null || one.name() == null) {
          throw new IOException("an entry without a name");
        }
        found.add(one);
      }
      return found;
    } catch (IOException e) {
      throw notThePortal(e);
    }
  }

  private AgentException notThePortal(Exception cause) {
    return new AgentException(RunResult.NETWORK, cause, "network.not-the-portal", http.host());
  }

  /** Stores an object under its name; success also when it is there. */
  public void put(ResticType type, Hash256 name, byte[] bytes) throws AgentException {
    put(type, name, new RequestBody.Bytes(bytes));
  }

  /** The same of a file's bytes, which are not in memory; fails when the file cannot be read. */
  public void put(ResticType type, Hash256 name, Path file, int length)
      throws AgentException, IOException {
    try {
      put(type, name, new RequestBody.InFile(file, length));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void put(ResticType type, Hash256 name, RequestBody body) throws AgentException {
    try {
      http.open(call("POST", folder(type) + name.hex()).withBody(BYTES, body));
    } catch (PortalRefusalException e) {
      if (!e.is(ProblemCode.OBJECT_EXISTS)) {
        throw e;
      }
    }
  }

  private static String folder(ResticType type) {
    return type.name().toLowerCase(Locale.ROOT) + "/";
  }

  private HttpCall call(String method, String path) {
    return http.call(method, base + path).withHeader("Authorization", authorization);
  }
}
