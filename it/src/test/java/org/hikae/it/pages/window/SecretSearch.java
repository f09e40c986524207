package org.hikae.it.pages.window;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.it.agent.InProcessAgent;

/**
 * Looks for secrets in what a browser keeps: in the memory of each of its processes, and in the
 * files of its profile. Texts are looked for as the browser has them, a byte or two for each
 * character.
 */
final class SecretSearch {

  private static final int PIECE = 1 << 22;
  private static final int LONGEST = 1 << 10;

  private final Map<String, List<byte[]>> secrets = new LinkedHashMap<>();

  /** Also looks for this text. */
  SecretSearch text(String name, String text) {
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      bytes(name, text.getBytes(charset));
    }
    return this;
  }

  /** Also looks for these bytes. */
  SecretSearch bytes(String name, byte[] bytes) {
    if (bytes.length < 8 || bytes.length > LONGEST) {
      throw new IllegalArgumentException(name);
    }
    secrets.computeIfAbsent(name, _ -> new ArrayList<>()).add(bytes);
    return this;
  }

  /** Also looks for the key of the backup that the agent keeps, as text and as bytes. */
  SecretSearch key(InProcessAgent agent) throws AgentException {
    String key =
        Objects.requireNonNull(new StateFile(new AgentHome(agent.home())).require().set()).key();
    byte[] raw = Base64.getUrlDecoder().decode(key);
    return text("key", key).text("key", HexFormat.of().formatHex(raw)).bytes("key", raw);
  }

  /** Also looks for these rows of digits. That which was typed back stays longer than others. */
  SecretSearch rows(List<String> rows, String typedBack) {
    for (String row : rows) {
      String name = row.equals(typedBack) ? "row that was typed" : "row";
      text(name, row).text(name, row.replace(" ", ""));
    }
    return this;
  }

  /** Which secrets which kind of process has in its memory, such as "password: renderer". */
  Set<String> inMemory(Path profile) throws IOException {
    Set<String> found = new TreeSet<>();
    ProcessHandle browser =
        ProcessHandle.allProcesses()
            .filter(one -> kind(one.pid()).equals("browser"))
            .filter(one -> commandLine(one.pid()).contains("--user-data-dir=" + profile))
            .findFirst()
            .orElseThrow(() -> new IOException("no browser has the profile " + profile));
    List<ProcessHandle> all = new ArrayList<>(List.of(browser));
    all.addAll(browser.descendants().toList());
    for (ProcessHandle each : all) {
      String kind = kind(each.pid());
      search(each.pid()).forEach(name -> found.add(name + ": " + kind));
    }
    return found;
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
    } catch (IOException ended) {
      return "";
    }
  }

  /** What the process does for the browser. */
  private static String kind(long pid) {
    String line = commandLine(pid).replace('\0', ' ');
    if (line.contains("utility-sub-type=network")) {
      return "network";
    }
    int at = line.indexOf("--type=");
    String rest = at < 0 ? "" : line.substring(at + "--type=".length());
    return at < 0 ? "browser" : rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest;
  }

  private Set<String> search(long pid) throws IOException {
    Set<String> found = new TreeSet<>();
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      long[] region = null;
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps"))) {
        if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
          region = line.contains(" rw") ? range(line) : null;
        } else if (region != null && line.startsWith("Rss:") && !line.matches("Rss: *0 kB")) {
          search(memory, region[0], region[1], found);
        }
      }
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isPresent()) {
        throw e;
      }
    }
    return found;
  }

  private static long[] range(String line) {
    String[] ends = line.substring(0, line.indexOf(' ')).split("-", -1);
    return new long[] {Long.parseUnsignedLong(ends[0], 16), Long.parseUnsignedLong(ends[1], 16)};
  }

  private void search(RandomAccessFile from, long begin, long end, Set<String> found)
      throws IOException {
    byte[] piece = new byte[PIECE + LONGEST];
    for (long at = begin; at < end; at += PIECE) {
      from.seek(at);
      int wanted = (int) Math.min(piece.length, end - at);
      int got = 0;
      while (got < wanted) {
        int next;
        try {
          next = from.read(piece, got, wanted - got);
        } catch (IOException unreadable) {
          // A part that went meanwhile, or that nobody can read.
          break;
        }
        if (next <= 0) {
          break;
        }
        got += next;
      }
      search(piece, got, found);
    }
  }

  private void search(byte[] piece, int length, Set<String> found) {
    boolean[] begins = new boolean[1 << 16];
    secrets.values().forEach(all -> all.forEach(one -> begins[pair(one, 0)] = true));
    for (int at = 0; at < length - 1; at++) {
      if (begins[pair(piece, at)]) {
        compare(piece, at, length, found);
      }
    }
  }

  private static int pair(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  private void compare(byte[] piece, int at, int length, Set<String> found) {
    for (Map.Entry<String, List<byte[]>> secret : secrets.entrySet()) {
      for (byte[] bytes : secret.getValue()) {
        if (piece[at] == bytes[0] && at + bytes.length <= length && same(piece, at, bytes)) {
          found.add(secret.getKey());
        }
      }
    }
  }

  private static boolean same(byte[] piece, int at, byte[] bytes) {
    for (int i = 1; i < bytes.length; i++) {
      if (piece[at + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Which secrets which files have, such as "password: Default/History". */
  Set<String> inFiles(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Set<String> here = new TreeSet<>();
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
          search(from, 0, from.length(), here);
        }
        here.forEach(name -> found.add(name + ": " + folder.relativize(file)));
      }
    }
    return found;
  }
}
