package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.admin.search.CanaryFile;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.note.wire.NoteKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a dossier looks at. What is not given is told as not run. */
final class DossierOptions {

  @Option(
      names = "--vault-root",
      paramLabel = "FINGERPRINT",
      description = "The fingerprint of your vault's root, as devices pin it.")
  private @Nullable String vaultRoot;

  @Option(
      names = "--log-dir",
      paramLabel = "DIR",
      description = "The folder of log-check, with key and end of the transparency log.")
  private @Nullable Path logFolder;

  @Option(
      names = "--log-key",
      paramLabel = "KEY",
      description = "The key of the transparency log, as somebody else has it.")
  private @Nullable String logKey;

  @Option(
      names = "--canary",
      paramLabel = "FILE",
      description = "What is searched for: the file that hikae-admin canary has made.")
  private @Nullable Path canary;

  @Option(
      names = "--log",
      paramLabel = "PATH",
      description = "A log, or a folder of logs, to search for canaries. Repeatable.")
  private List<Path> logs = List.of();

  @Option(
      names = "--portal-pid",
      paramLabel = "PID",
      description = "The portal's process, whose memory is searched for canaries.")
  private long portalPid;

  @Option(
      names = "--program",
      paramLabel = "DIR",
      description = "An installed program, such as /opt/hikae-server. Repeatable.")
  private List<Path> programs = List.of();

  @Option(
      names = "--release",
      paramLabel = "FILE",
      description = "Hashes of the release's files, as sha256sum writes them.")
  private @Nullable Path release;

  @Option(
      names = "--audit-export",
      paramLabel = "FILE",
      description = "An export of the audit trail.")
  private @Nullable Path export;

  DossierOptions() {}

  /** The pinned fingerprint; null when none was given. */
  @Nullable String pin() throws MalformedException {
    String given = vaultRoot;
    if (given == null) {
      return null;
    }
    String plain = AuditCheckCommand.plainFingerprint(given);
    if (plain == null) {
      throw new MalformedException("--vault-root: a fingerprint has 64 hexadecimal digits.");
    }
    return plain;
  }

  /** The key of the log that was given or kept; null when the portal has to be asked. */
  @Nullable NoteKey key() throws IOException, MalformedException {
    String given = logKey;
    if (given != null) {
      return NoteKey.parse(given);
    }
    Path folder = logFolder;
    return folder == null ? null : new KeptCheckpointStore(folder).key();
  }

  /** The end of the log that was kept; null when none was. */
  byte @Nullable [] keptEnd() throws IOException {
    Path folder = logFolder;
    return folder == null ? null : new KeptCheckpointStore(folder).checkpoint();
  }

  /** The canaries; null when no file was given. */
  @Nullable CanaryFile canaries() throws IOException {
    Path file = canary;
    return file == null ? null : CanaryFile.read(file);
  }

  List<Path> logs() {
    return logs;
  }

  long portalPid() {
    return portalPid;
  }

  List<Path> programs() {
    return programs;
  }

  @Nullable Path release() {
    return release;
  }

  @Nullable Path export() {
    return export;
  }
}
