package org.hikae.device.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What decides of a process which files it sees and may touch, and how new ones are made: an agent
 * that stays does a command only where all of this is the same in both processes.
 */
public final class ProcessContext {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String UMASK = "Umask";

  /** Of what Linux says: users, groups, capabilities, and the bits that new files do not get. */
  private static final Set<String> LINES = Set.of("Uid", "Gid", "Groups", "CapEff", UMASK);

  private static final List<String> NAMESPACES = List.of("mnt", "net", "user");

  /** Variables that are read where no request reaches. */
  private static final List<String> VARIABLES = List.of("HIKAE_MANAGED", "TZ");

  private ProcessContext() {}

  /**
   * That of this process, one text for each thing.
   *
   * @param home the folder that belongs to the agent
   */
  public static List<String> ofThisProcess(Map<String, String> environment, Path home) {
    List<String> all = new ArrayList<>();
    all.add("home=" + home);
    for (String name : VARIABLES) {
      all.add(name + "=" + environment.getOrDefault(name, ""));
    }
    try {
      for (Map.Entry<String, String> line : status().entrySet()) {
        all.add(line.getKey() + "=" + line.getValue());
      }
      for (String name : NAMESPACES) {
        all.add(name + "=" + Files.readSymbolicLink(Path.of("/proc/self/ns", name)));
      }
      Path root = Path.of("/");
      all.add(
          "root="
              + Files.getAttribute(root, "unix:dev")
              + ":"
              + Files.getAttribute(root, "unix:ino"));
    } catch (IOException e) {
      // Who cannot tell is like nobody else, not even like another who cannot tell.
      all.add("unknown=" + ProcessHandle.current().pid());
    }
    return List.copyOf(all);
  }

  /** The bits that new files of this process do not get, octal; the usual ones if unknown. */
  public static String umask() {
    try {
      return status().getOrDefault(UMASK, "0022");
    } catch (IOException e) {
      return "0022";
    }
  }

  private static Map<String, String> status() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && LINES.contains(line.substring(0, colon))) {
        found.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return found;
  }

  /** The name of the first thing that differs; empty when both are the same. */
  public static String difference(List<String> one, List<String> other) {
    if (one.size() != other.size()) {
      return "unknown";
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i).substring(0, Math.max(0, one.get(i).indexOf('=')));
      }
    }
    return "";
  }
}
