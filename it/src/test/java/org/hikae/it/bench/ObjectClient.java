package org.hikae.it.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * Who sends and fetches objects, for an employee of its own.
 *
 * @param method how objects are sent
 * @param folder where they lie
 * @param stored what the portal answers when it has stored one
 */
record ObjectClient(ApiClient caller, String method, String folder, int stored) {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int BUSY = 503;

  /** The agent of a new employee, as far as objects go. */
  static ObjectClient device(TestCompany company) throws Exception {
    return new ObjectClient(session(company, "measured"), "PUT", "/v1/device/objects/", CREATED);
  }

  /** restic of a new employee, as far as objects go. */
  static ObjectClient restic(TestCompany company) throws Exception {
    GatewayLogin credential = GatewayLogin.of(company);
    ObjectClient restic = credential.client(company.stack());
    patiently(OK, () -> restic.caller.send("POST", credential.path() + "?create=true", null, null));
    return restic;
  }

  private static ApiClient session(TestCompany company, String name) throws Exception {
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), name);
    ApiClient session = device.session();
    device.optIn(session);
    return session;
  }

  /** What restic signs in with, and where its repository is. */
  record GatewayLogin(String path, String username, String password) {

    static GatewayLogin of(TestCompany company) throws Exception {
      ApiReply given =
          session(company, "restic").send("POST", "/v1/device/restic/credentials", null, null);
      if (given.status() != CREATED) {
        throw new IllegalStateException(given.toString());
      }
      return new GatewayLogin(
          "/restic/" + given.field("repository") + "/",
          given.field("username"),
          given.field("password"));
    }

    ObjectClient client(Stack stack) {
      String pair =
          Base64.getEncoder()
              .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
      ApiClient caller = ApiClient.anonymous(stack).with("Authorization", "Basic " + pair);
      return new ObjectClient(caller, "POST", path + "data/", OK);
    }

    @Override
    public String toString() {
      return "GatewayLogin(REDACTED)";
    }
  }

  /** Sends an object; returns how often the portal asked to wait. */
  long put(String name, byte[] object) throws InterruptedException {
    return patiently(stored, () -> caller.bytes(method, folder + name, object));
  }

  /** Fetches an object; returns how often the portal asked to wait. */
  long get(String name) throws InterruptedException {
    return patiently(OK, () -> caller.get(folder + name));
  }

  /** Calls again, a little later each time, while the portal asks to wait; returns how often. */
  private static long patiently(int wanted, Supplier<ApiReply> call) throws InterruptedException {
    long waits = 0;
    ApiReply reply = call.get();
    while (reply.status() == BUSY) {
      waits++;
      Thread.sleep(100 + waits * 10);
      reply = call.get();
    }
    if (reply.status() != wanted) {
      throw new IllegalStateException(reply.toString());
    }
    return waits;
  }
}
