package org.hikae.it.caller;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.hk1.Hash256;
import org.hikae.it.stack.Stack;

/**
 * 200 connections that use up as much of a portal's patience as they can: they say nothing, or a
 * byte a second, or ask and never read. Whichever the portal ends is opened anew.
 */
public final class SlowPeers implements AutoCloseable {

  /** What a peer does, and how many do. */
  public enum Kind {
    /** Not even TLS. */
    SILENT(20),
    /** A header without end. */
    HEADERS(20),
    /** A form to a page, of somebody who has not signed in. */
    ANONYMOUS_FORM(10),
    /** A body where nobody needs to sign in. */
    PUBLIC_BODY(10),
    /** A form of somebody who has signed in. */
    FORM(60),
    /** JSON of somebody with a token, and half of it longer than what is waited for. */
    JSON(60),
    /** An object of restic's. */
    RESTIC(20);

    private final int count;

    Kind(int count) {
      this.count = count;
    }
  }

  private final Stack stack;
  private final InetAddress from;
  private final Map<Kind, List<String>> heads = new EnumMap<>(Kind.class);
  private final List<Peer> peers = new ArrayList<>();
  private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger reopened = new AtomicInteger();

  private SlowPeers(Stack stack, InetAddress from) {
    this.stack = stack;
    this.from = from;
  }

  /** One of them. */
  private final class Peer {

    private final Kind kind;
    private final String head;
    private OpenRequest open;

    Peer(Kind kind, String head) throws IOException {
      this.kind = kind;
      this.head = head;
      this.open = opened();
    }

    private OpenRequest opened() throws IOException {
      return kind == Kind.SILENT
          ? OpenRequest.silent(stack.portalUrl(), from)
          : OpenRequest.begin(stack, from, head);
    }

    void drip() {
      try {
        // One byte of anything would end a silent one at once.
        if (kind != Kind.SILENT && !open.drip()) {
          open.close();
          open = opened();
          reopened.incrementAndGet();
        }
      } catch (IOException e) {
        // Next time.
      }
    }
  }

  /** All of them, of one employee who has opted in, from this address. */
  public static SlowPeers of(Company company, InetAddress from) throws Exception {
    SlowPeers all = new SlowPeers(company.stack(), from);
    Person person = company.employee();
    PageVisitor visitor = PageVisitor.signedIn(company.stack(), person);
    Api agent = company.agentOf(person);
    Device device = Device.enrol(agent, "slow");
    Api session = device.session();
    device.optIn(session);
    ResticAccount restic = ResticAccount.of(company, session);
    String object =
        "/restic/" + restic.repository() + "/data/" + Hash256.sha256(new byte[] {3}).hex();
    String cookie =
        "Cookie: " + PageVisitor.SESSION + "=" + visitor.cookies().get(PageVisitor.SESSION);
    String nonces = OpenRequest.head(agent, "/v1/enrollment/nonces", "1000");
    String json = nonces.replace("application/octet-stream", "application/json");
    all.heads.put(Kind.SILENT, List.of(""));
    all.heads.put(Kind.HEADERS, List.of("GET /signed-out HTTP/1.1\r\nHost: localhost\r\nX: "));
    all.heads.put(Kind.ANONYMOUS_FORM, List.of(form("/privacy", "X: y")));
    all.heads.put(
        Kind.PUBLIC_BODY, List.of(form("/signed-out", "X: y"), form("/api/health/live", "X: y")));
    all.heads.put(Kind.FORM, List.of(form("/privacy", cookie)));
    all.heads.put(Kind.JSON, List.of(json, json.replace(": 1000\r\n", ": 900000\r\n")));
    all.heads.put(Kind.RESTIC, List.of(OpenRequest.head(restic.api(), object, "1000000")));
    all.open();
    return all;
  }

  private static String form(String path, String header) {
    return OpenRequest.lines(
        "POST " + path + " HTTP/1.1",
        "Host: localhost",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 1000",
        header);
  }

  private void open() throws IOException {
    for (Map.Entry<Kind, List<String>> kind : heads.entrySet()) {
      for (int i = 0; i < kind.getKey().count; i++) {
        peers.add(new Peer(kind.getKey(), kind.getValue().get(i % kind.getValue().size())));
      }
    }
    var _ = drips.scheduleAtFixedRate(() -> peers.forEach(Peer::drip), 1, 1, TimeUnit.SECONDS);
  }

  /** How many there are. */
  public int count() {
    return peers.size();
  }

  /** How often the portal ended one of them. */
  public int reopened() {
    return reopened.get();
  }

  @Override
  public void close() throws IOException {
    drips.shutdownNow();
    for (Peer peer : peers) {
      peer.open.close();
    }
  }
}
