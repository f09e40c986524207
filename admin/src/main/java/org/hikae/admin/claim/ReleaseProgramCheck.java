package org.hikae.admin.claim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * The files of the programs that are installed have the hashes that a list of the release has, as
 * {@code sha256sum} writes it. Without a list the hashes are told, for others to compare.
 */
public final class ReleaseProgramCheck implements ClaimCheck {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
  private static final long MAX_LIST_BYTES = 16 * 1024 * 1024;
  private static final int BUFFER_BYTES = 1 << 16;

  private final List<Path> programs;
  private final @Nullable Path list;

  /**
   * Compares programs.
   *
   * @param programs their folders; a file is called by the folder's own name and its path in it
   * @param list of the release; null when none was given
   */
  public ReleaseProgramCheck(List<Path> programs, @Nullable Path list) {
    this.programs = List.copyOf(programs);
    this.list = list;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.RELEASE_PROGRAMS;
  }

  @Override
  public ClaimResult execute() throws IOException {
    if (programs.isEmpty()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_PLACE, "--program");
    }
    Map<String, String> installed = new TreeMap<>();
    List<ClaimFact> trees = new ArrayList<>();
    for (Path program : programs) {
      Map<String, String> tree = hashes(program);
      StringBuilder text = new StringBuilder();
      tree.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
      String whole = Hash256.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
      trees.add(ClaimFact.of(ClaimFactKind.PROGRAM_TREE, program, tree.size(), whole));
      installed.putAll(tree);
    }
    Path file = list;
    if (file == null) {
      List<ClaimFact> facts = new ArrayList<>();
      facts.add(ClaimFact.of(ClaimFactKind.NO_RELEASE_LIST));
      facts.addAll(trees);
      return new ClaimResult(claim(), ClaimState.NOT_RUN, facts);
    }
    return ClaimResult.of(claim(), faults(installed, listed(file)), trees);
  }

  private static List<ClaimFact> faults(Map<String, String> installed, Map<String, String> listed) {
    List<ClaimFact> faults = new ArrayList<>();
    installed.forEach(
        (name, hash) -> {
          String known = listed.get(name);
          if (known == null) {
            faults.add(ClaimFact.of(ClaimFactKind.PROGRAM_UNLISTED, name));
          } else if (!known.equals(hash)) {
            faults.add(ClaimFact.of(ClaimFactKind.PROGRAM_DIFFERS, name));
          }
        });
    listed.keySet().stream()
        .filter(name -> !installed.containsKey(name))
        .forEach(name -> faults.add(ClaimFact.of(ClaimFactKind.PROGRAM_MISSING, name)));
    return faults;
  }

  private static Map<String, String> listed(Path file) throws IOException {
    if (Files.size(file) > MAX_LIST_BYTES) {
      throw new IOException(file + " has more than " + MAX_LIST_BYTES + " bytes");
    }
    Map<String, String> listed = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        throw new IOException("line " + (i + 1) + " of " + file + " is no line of sha256sum");
      }
      listed.put(line.group(2), line.group(1));
    }
    if (listed.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return listed;
  }

  private static Map<String, String> hashes(Path program) throws IOException {
    List<Path> files;
    // Links are followed: what is started is what they lead to.
    try (Stream<Path> all = Files.walk(program, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Map<String, String> hashes = new TreeMap<>();
    String folder = String.valueOf(program.toAbsolutePath().normalize().getFileName());
    for (Path file : files) {
      hashes.put(folder + "/" + program.relativize(file), hash(file));
    }
    return hashes;
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Hash256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // The stream has hashed it.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
