package org.hikae.device.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hikae.crypto.AllowForbidden;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.daemon.ClientEnvironment;
import org.hikae.device.cli.daemon.DaemonClient;
import org.hikae.device.files.ProgramExecution;

/**
 * Entry point of a command that an agent which stays may do. The launcher starts it where such an
 * agent may listen, with a Java machine for little and this jar alone. Where none does the command,
 * or has ended before the command did, this process becomes the launcher again, and then the
 * program that does it by itself, or says what happened.
 */
public final class ClientMain {

  /** What the launcher takes as its first argument where no agent is to be asked. */
  private static final String BY_ITSELF = "--by-itself";

  private ClientMain() {}

  /** Has the command line done and ends the process with its exit code. */
  public static void main(String[] arguments) {
    String[] carried = RawArguments.carried(arguments);
    DaemonClient client =
        new DaemonClient(ClientEnvironment.real(), new LauncherLostAgentListener());
    OptionalInt exit = client.run(carried);
    end(client, exit.isPresent() ? exit.getAsInt() : become(List.of(BY_ITSELF), carried));
  }

  /**
   * Usually with nothing left to be done: Java's own way to the end of a process looks for somebody
   * to log that first, which takes as long as starting it.
   */
  @AllowForbidden("a command line program ends with its exit code")
  private static void end(DaemonClient client, int exit) {
    if (client.isCancelled()) {
      // The process is ending already; what ended it says with which code.
      System.exit(exit);
    }
    Runtime.getRuntime().halt(exit);
  }

  /** Returns only when that fails, with the exit code. */
  private static int become(List<String> before, String... carried) {
    byte[] launcher = RawArguments.variable("HIKAE_PROGRAM");
    if (launcher != null) {
      List<byte[]> all = new ArrayList<>();
      all.add(launcher);
      for (String argument : before) {
        all.add(RawArguments.bytes(argument));
      }
      for (String argument : carried) {
        all.add(RawArguments.bytes(argument));
      }
      ProgramExecution.become(launcher, all);
    }
    complain();
    return AgentExitCode.LOCAL;
  }

  /** Without the texts of the agent, which are what could not be started. */
  @AllowForbidden("the real streams, when nothing else is left")
  private static void complain() {
    try (OutputStream err = new FileOutputStream(FileDescriptor.err)) {
      err.write(
          "hikae: the program itself could not be started. Set HIKAE_SOCKET=none.\n"
              .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Nobody reads it.
    }
  }

  /** The sentence, in the person's language or as JSON, is the program's to say. */
  private static final class LauncherLostAgentListener implements DaemonClient.LostAgentListener {
    @Override
    public int lost(String... carried) {
      return become(List.of(BY_ITSELF, AgentMain.AGENT_LOST), carried);
    }
  }
}
