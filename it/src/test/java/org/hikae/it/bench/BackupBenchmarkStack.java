package org.hikae.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench backup}: the whole system on PostgreSQL with one device that has opted in, until
 * the process is ended. Arguments: a folder for the device ({@code device/home} below it becomes
 * the agent's home), and a path at which to link the database's folder. Once all is ready, {@code
 * servers} in the first folder has a line "role pid" for each server.
 */
public final class BackupBenchmarkStack {

  private static final int OBJECT_BYTES = 8 << 20;

  private BackupBenchmarkStack() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    TestCompany company = CompanyBenchmarkStack.found();
    Stack stack = company.stack();
    Files.createSymbolicLink(Path.of(arguments[1]), stack.db().folder());
    // Another employee's device: a portal has been at work for weeks when this one comes.
    PortalBenchmark others = new PortalBenchmark(company, OBJECT_BYTES);
    others.warmUp();
    AgentDevice agent = new AgentDevice(stack, folder.resolve("device"));
    agent.login(company.employee());
    agent.optIn("digit-key", "");
    announce(stack, folder);
    new CountDownLatch(1).await();
  }

  /** Writes which servers are ready, and never a part of that. */
  static void announce(Stack stack, Path folder) throws IOException {
    Path servers = folder.resolve("servers.new");
    Files.write(
        servers,
        List.of(
            "portal " + stack.portalPid(),
            "database " + postgres(stack),
            "other " + stack.vault().pid(),
            "other " + stack.keycloak().pid()));
    Files.move(servers, folder.resolve("servers"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Process of the database server. */
  static long postgres(Stack stack) throws IOException {
    return Long.parseLong(
        Files.readAllLines(stack.db().folder().resolve("postmaster.pid")).getFirst());
  }
}
