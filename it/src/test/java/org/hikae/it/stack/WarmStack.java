package org.hikae.it.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.testing.TestRunner;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A process that has the system under test and runs classes of tests on it when asked, so that the
 * next class need not wait for servers to start. {@code ./check --it} starts it.
 *
 * <p>Each run loads the tests as they are compiled then. Only this package, which knows the running
 * system, stays as it was.
 */
public final class WarmStack {

  /** Of what the running portal and vault are made, as the requests tell it. */
  private String portal = "";

  private String vault = "";

  private WarmStack() {}

  /**
   * Serves requests, one after the other, until the system is broken or nobody waits for the
   * answer.
   *
   * @param arguments the socket
   */
  public static void main(String[] arguments) throws IOException {
    Path socket = Path.of(arguments[0]);
    Files.deleteIfExists(socket);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      WarmStack stack = new WarmStack();
      boolean goesOn = true;
      while (goesOn) {
        try (SocketChannel client = server.accept()) {
          goesOn = stack.serve(client);
        }
      }
    } finally {
      Files.deleteIfExists(socket);
    }
    // The servers end, too.
    System.exit(0);
  }

  /**
   * Answers one line, digests of portal and vault and what to run, between tabs, with what there is
   * to say and at last passed, failed or broken. Who says nothing only asks whether somebody
   * listens.
   */
  private boolean serve(SocketChannel client) throws IOException {
    BufferedReader in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
    PrintWriter out = new PrintWriter(Channels.newWriter(client, StandardCharsets.UTF_8), true);
    String line = in.readLine();
    if (line == null) {
      return true;
    }
    String[] request = line.split("\t", -1);
    boolean passed = false;
    boolean broken = false;
    try {
      renew(request[0], request[1], out);
      passed = run(request[2], out);
    } catch (IOException | InterruptedException | RuntimeException e) {
      out.println(e);
      broken = true;
    }
    broken |= !isSound();
    out.println(broken ? "broken" : passed ? "passed" : "failed");
    return !broken && !out.checkError();
  }

  /** Starts anew what is not made of the same any more. */
  private void renew(String newPortal, String newVault, PrintWriter out)
      throws IOException, InterruptedException {
    for (Stack one : Stack.running()) {
      if (!vault.equals(newVault)) {
        out.println("Starting the new vault");
        one.vault().stop();
        one.vault().startAgain();
      }
      if (!portal.equals(newPortal)) {
        out.println("Starting the new portal");
        one.stopPortal();
        one.startPortal();
      }
    }
    portal = newPortal;
    vault = newVault;
  }

  private static boolean run(String what, PrintWriter out) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (Tests tests = new Tests()) {
      thread.setContextClassLoader(tests);
      System.setProperty("hikae.scope", "short");
      TestExecutionSummary summary = TestRunner.run(what, out);
      if (summary.getTestsFoundCount() == 0) {
        // All of it is left to a whole run.
        System.clearProperty("hikae.scope");
        summary = TestRunner.run(what, out);
      }
      out.println(
          summary.getTestsSucceededCount()
              + " passed, "
              + summary.getTotalFailureCount()
              + " failed, "
              + summary.getTestsSkippedCount()
              + " skipped");
      return summary.getTestsFoundCount() > 0 && summary.getTotalFailureCount() == 0;
    } finally {
      thread.setContextClassLoader(usual);
      Cleanup.closeAllBut(Stack.sharedParts());
    }
  }

  /** Whether all servers run, whatever a test did to them. */
  private static boolean isSound() {
    return !Stack.hasFailed()
        && Stack.running().stream()
            .allMatch(
                one ->
                    runs(one.keycloak().pid()) && runs(one.vault().pid()) && runs(one.portalPid()));
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  /** Takes our classes from where they are compiled, but for those that stay. */
  private static final class Tests extends URLClassLoader {

    Tests() throws MalformedURLException {
      super(folders(), WarmStack.class.getClassLoader());
    }

    private static URL[] folders() throws MalformedURLException {
      List<URL> all = new ArrayList<>();
      for (String one : System.getProperty("java.class.path").split(":", -1)) {
        if (Files.isDirectory(Path.of(one))) {
          all.add(Path.of(one).toUri().toURL());
        }
      }
      return all.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        if (name.startsWith("org.hikae.") && !stays(name)) {
          return findClass(name);
        }
        return super.loadClass(name, resolve);
      }
    }

    private static boolean stays(String name) {
      return name.startsWith("org.hikae.it.stack.") || name.startsWith("org.hikae.testing.");
    }
  }
}
