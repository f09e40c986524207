package org.hikae.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench backup}: the whole system on PostgreSQL until the process is ended, with as many
 * devices that have opted in as {@link StackRequests} are made for; {@code home} in a device's
 * folder becomes the agent's. The argument is a folder for what is said about the system. The
 * property {@code hikae.store} says where ciphertext lies.
 */
public final class BackupBenchmarkStack {

  private static final int OBJECT_BYTES = 8 << 20;

  private BackupBenchmarkStack() {}

  public static void main(String[] arguments) throws Exception {
    TestCompany company = CompanyBenchmarkStack.found(name("backup"));
    Stack stack = company.stack();
    warmUp(company);
    new StackRequests(
            stack,
            Path.of(arguments[0]),
            folder -> {
              AgentDevice agent = new AgentDevice(stack, folder);
              agent.login(company.employee());
              agent.optIn("digit-key", "");
            })
        .serve();
  }

  /**
   * By another employee's device: a portal has been at work for weeks when the one that is measured
   * comes. Only to see whether all works, {@code hikae.bench.warm} is {@code false}.
   */
  static void warmUp(TestCompany company) throws Exception {
    if (Boolean.parseBoolean(System.getProperty("hikae.bench.warm", "true"))) {
      new PortalBenchmark(company, OBJECT_BYTES).warmUp();
    }
  }

  /** One for each place of ciphertext, so that they can run beside each other. */
  static String name(String what) {
    return what + "-" + System.getProperty("hikae.store", "database");
  }

  /** Process of the database server. */
  static long postgres(Stack stack) throws IOException {
    List<String> lines = Files.readAllLines(stack.db().folder().resolve("postmaster.pid"));
    return Long.parseLong(lines.getFirst());
  }
}
