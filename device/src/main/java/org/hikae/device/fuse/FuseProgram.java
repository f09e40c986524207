package org.hikae.device.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.files.RawPath;

/**
 * {@code fusermount3} of the package fuse3, which may mount for anybody. It opens the descriptor
 * and hands it over, and takes the mount away when this process ends in whatever way.
 */
public final class FuseProgram {

  /** What a mount is called in the table of mounts, with {@code fuse.} before it. */
  static final String SUBTYPE = "hikae";

  private static final String NAME = "fusermount3";
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final Path KERNEL = Path.of("/dev/fuse");
  private static final String OPTIONS =
      "ro,nosuid,nodev,auto_unmount,fsname=" + SUBTYPE + ",subtype=" + SUBTYPE;

  private final byte[] program;

  private FuseProgram(Path program) {
    this.program = bytes(program.toString());
  }

  /** The program of this computer; nothing where there is none, or no FUSE in the kernel. */
  public static Optional<FuseProgram> find(Map<String, String> environment) {
    if (!Files.exists(KERNEL)) {
      return Optional.empty();
    }
    for (String folder : environment.getOrDefault("PATH", USUAL_PATH).split(":", -1)) {
      if (folder.startsWith("/")) {
        Path candidate = Path.of(folder, NAME);
        if (Files.isExecutable(candidate)) {
          return Optional.of(new FuseProgram(candidate));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Mounts a file system, which nobody answers for yet.
   *
   * @throws IOException when it is refused; the program has said why then, on this process's error
   *     output
   */
  public FuseSession mount(RawPath point) throws IOException {
    FuseLibc.SocketPair sockets = FuseLibc.socketPair();
    int process;
    try {
      process =
          FuseLibc.spawn(
              program,
              List.of(bytes(NAME), bytes("-o"), bytes(OPTIONS), bytes("--"), point.toBytes()),
              List.of(bytes("_FUSE_COMMFD=3"), bytes("PATH=" + USUAL_PATH)),
              sockets.theirs());
    } catch (IOException e) {
      FuseLibc.close(sockets.ours());
      throw e;
    } finally {
      FuseLibc.close(sockets.theirs());
    }
    int descriptor = FuseLibc.receiveDescriptor(sockets.ours());
    FuseSession mounted = new FuseSession(new FuseDevice(descriptor), sockets.ours(), process);
    if (descriptor < 0) {
      mounted.close();
      throw new IOException(NAME + " has mounted nothing");
    }
    return mounted;
  }

  /**
   * Takes a mount away, also one that is in use: it is out of the tree of directories at once, and
   * ends with the last use. Returns whether the program did so.
   */
  public boolean unmount(RawPath point) throws IOException {
    List<byte[]> arguments = new ArrayList<>();
    for (String each : List.of(NAME, "-u", "-z", "-q", "--")) {
      arguments.add(bytes(each));
    }
    arguments.add(point.toBytes());
    // Descriptor 3 is of no use to it; its own error output does no harm there.
    int process = FuseLibc.spawn(program, arguments, List.of(bytes("PATH=" + USUAL_PATH)), 2);
    return FuseLibc.waitFor(process) == 0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
