package org.hikae.device.daemon;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.AllowForbidden;
import org.hikae.device.AgentException;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.device.files.OwnerOnlyFiles;
import org.jspecify.annotations.Nullable;

/**
 * The socket of the person's agent that stays: {@code $HIKAE_SOCKET}, else {@code
 * $XDG_RUNTIME_DIR/hikae/agent.sock}. Folder and socket let nobody else in, and each side asks the
 * kernel whose the other one is.
 */
public final class DaemonEndpoint {

  /** What {@code $HIKAE_SOCKET} says where no agent is to be asked. */
  public static final String NONE = "none";

  /** What an address of a socket holds, without the zero at its end. */
  private static final int MAX_PATH_BYTES = 107;

  private static final int BACKLOG = 16;

  private final Path socket;

  private DaemonEndpoint(Path socket) {
    this.socket = socket;
  }

  /** Where the environment says; nothing where there is no place for one. */
  public static Optional<DaemonEndpoint> of(Map<String, String> environment) {
    String own = environment.getOrDefault("HIKAE_SOCKET", "");
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    // A variable may outlive its folder, such as in a session of another person's.
    boolean nowhere = own.isEmpty() && (runtime.isEmpty() || !Files.isDirectory(Path.of(runtime)));
    if (own.equals(NONE) || nowhere) {
      return Optional.empty();
    }
    Path socket = own.isEmpty() ? Path.of(runtime, "hikae", "agent.sock") : Path.of(own);
    boolean fits =
        socket.isAbsolute()
            && socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    return fits ? Optional.of(new DaemonEndpoint(socket)) : Optional.empty();
  }

  /** Connects to the agent; nothing where none of this person's listens. */
  public Optional<SocketChannel> connect() {
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      if (isOfThisUser(channel)) {
        return Optional.of(channel);
      }
    } catch (IOException e) {
      // A socket of an agent that is gone, or that lets nobody in.
    }
    closeQuietly(channel);
    return Optional.empty();
  }

  /**
   * Listens there, from now on and alone.
   *
   * @throws AgentException {@code daemon.already} when another agent does, {@code daemon.folder}
   *     when others could reach the socket
   */
  public Listening listen() throws AgentException {
    Path folder = Objects.requireNonNull(socket.getParent());
    ExclusiveFileLock lock = null;
    boolean listens = false;
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, OwnerOnlyFiles.folder());
      }
      boolean ours =
          Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(thisUser())
              && OwnerOnlyFiles.lettingOthersIn(folder).isEmpty();
      if (!ours) {
        throw new AgentException(RunResult.LOCAL, "daemon.folder", folder);
      }
      lock = ExclusiveFileLock.tryTake(folder.resolve("agent.lock")).orElse(null);
      if (lock == null || isServed()) {
        throw new AgentException(RunResult.LOCAL, "daemon.already", socket);
      }
      forgetLeftover();
      Listening listening = new Listening(bound(), socket, lock);
      listens = true;
      return listening;
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", socket);
    } finally {
      if (!listens && lock != null) {
        lock.close();
      }
    }
  }

  private ServerSocketChannel bound() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      // The folder keeps others out in the moment before this.
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      return channel;
    } catch (IOException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /** Somebody listens there without the lock: systemd, on behalf of an agent. */
  private boolean isServed() {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  /** A socket whose agent was killed; nothing else is ever deleted. */
  private void forgetLeftover() throws IOException {
    if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)
        && Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther()) {
      Files.delete(socket);
    }
  }

  /**
   * The socket on which systemd listens for this process: its standard input, by {@code
   * StandardInput=socket}. Nothing in a process that was started otherwise.
   */
  public static Optional<Listening> inherited() throws AgentException {
    try {
      Channel given = System.inheritedChannel();
      if (given instanceof ServerSocketChannel channel
          && channel.getLocalAddress() instanceof UnixDomainSocketAddress) {
        return Optional.of(new Listening(channel, null, null));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "daemon.inherited");
    }
  }

  /** Whether the process at the other end is of the user of this one, by what the kernel says. */
  @AllowForbidden("SO_PEERCRED is exported by the module jdk.net and has no portable equal.")
  public static boolean isOfThisUser(SocketChannel connection) throws IOException {
    return isThisUser(connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
  }

  static boolean isThisUser(UserPrincipal user) throws IOException {
    return user.equals(thisUser());
  }

  private static UserPrincipal thisUser() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }

  private static void closeQuietly(@Nullable Channel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it.
    }
  }

  /** A socket on which this process listens. */
  public static final class Listening implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final @Nullable Path socket;
    private final @Nullable ExclusiveFileLock lock;

    private Listening(
        ServerSocketChannel channel, @Nullable Path socket, @Nullable ExclusiveFileLock lock) {
      this.channel = channel;
      this.socket = socket;
      this.lock = lock;
    }

    /** Where clients come in. */
    public ServerSocketChannel channel() {
      return channel;
    }

    /** Listens no longer; a socket of systemd's stays, and it listens on. */
    @Override
    public void close() {
      closeQuietly(channel);
      try {
        if (socket != null) {
          Files.deleteIfExists(socket);
        }
      } catch (IOException e) {
        // The next agent finds a socket on which nobody listens.
      }
      if (lock != null) {
        lock.close();
      }
    }
  }
}
