package org.hikae.it.client;

import java.net.InetAddress;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.OpenConnections.Group;
import org.hikae.it.client.OpenConnections.Opening;
import org.hikae.it.stack.Stack;

/**
 * 200 connections that keep a portal waiting for as long as they can: they say nothing, or a byte a
 * second, or begin and stall.
 */
public final class SlowPeers {

  private SlowPeers() {}

  /** All of them, of one employee who has opted in, from this address. */
  public static OpenConnections of(TestCompany company, InetAddress from) throws Exception {
    Stack stack = company.stack();
    TestAccount testAccount = company.employee();
    PageClient visitor = PageClient.signedIn(stack, testAccount);
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "slow");
    ApiClient session = device.session();
    device.optIn(session);
    ResticHttpClient restic = ResticHttpClient.of(company, session);
    String object =
        "/restic/" + restic.repository() + "/data/" + Hash256.sha256(new byte[] {3}).hex();
    String resticHead = RawHttpRequest.head(restic.api(), object, "1000000");
    Opening headers = begun(stack, from, "GET /signed-out HTTP/1.1\r\nHost: localhost\r\nX: ");
    Opening form = begun(stack, from, form("/privacy", visitor.cookieLine()));
    // Shorter and longer than what is waited for before anybody looks at it; the token stays young.
    Opening json =
        () -> RawHttpRequest.begin(stack, from, json(company.agentOf(testAccount), 1000));
    Opening longJson =
        () -> RawHttpRequest.begin(stack, from, json(company.agentOf(testAccount), 900_000));
    Opening resticObject = begun(stack, from, resticHead);
    return OpenConnections.of(
        List.of(
            // Not even TLS.
            new Group(20, false, () -> RawHttpRequest.silent(stack.portalUrl(), from)),
            // Headers without end.
            new Group(10, true, headers),
            new Group(10, false, headers),
            // Of people who have not signed in, where they have to, and where they need not.
            new Group(10, true, begun(stack, from, form("/privacy", "X: y"))),
            new Group(5, true, begun(stack, from, form("/signed-out", "X: y"))),
            new Group(5, true, begun(stack, from, form("/api/health/live", "X: y"))),
            // Of somebody who has signed in.
            new Group(30, true, form),
            new Group(30, false, form),
            new Group(15, true, json),
            new Group(15, false, json),
            new Group(15, true, longJson),
            new Group(15, false, longJson),
            // Of restic.
            new Group(10, true, resticObject),
            new Group(10, false, resticObject)));
  }

  private static Opening begun(Stack stack, InetAddress from, String head) {
    return () -> RawHttpRequest.begin(stack, from, head);
  }

  private static String json(ApiClient agent, int length) {
    return RawHttpRequest.head(agent, "/v1/enrollment/nonces", Integer.toString(length))
        .replace("application/octet-stream", "application/json");
  }

  private static String form(String path, String header) {
    return RawHttpRequest.lines(
        "POST " + path + " HTTP/1.1",
        "Host: localhost",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 1000",
        header);
  }
}
