package org.hikae.device.cli.window;

import java.io.IOException;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.RequiredFields;
import org.hikae.device.files.RawPath;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** What the page asks for, read strictly. */
final class WindowRequests {

  /** Most things that are restored at once. */
  static final int MAX_ITEMS = 100;

  private static final int MAX_TEXT = 200;
  private static final int MAX_PATH_BYTES = 4096;

  private WindowRequests() {}

  /**
   * A folder of a snapshot.
   *
   * @param snapshotId its whole identifier
   * @param rawPath the bytes of its path, base64url
   */
  record FolderRequest(String snapshotId, String rawPath) {}

  /** What was at a path, by its bytes, base64url. */
  record PathRequest(String rawPath) {}

  /**
   * A folder of this computer.
   *
   * @param rawPath the bytes of its path, base64url; absent for the person's home
   */
  record SourceRequest(@Nullable String rawPath) {}

  /**
   * A schedule that replaces the one of before.
   *
   * @param folders the bytes of their paths, base64url; none for what the company names
   * @param at time of the day
   * @param everyHours absent for what the company says
   * @param uploadLimit KiB a second
   */
  record ScheduleRequest(
      List<String> folders,
      String at,
      @Nullable Integer everyHours,
      boolean onBattery,
      boolean onMetered,
      int warnAfterDays,
      @Nullable Integer uploadLimit) {}

  /**
   * A pause.
   *
   * @param span such as 2h; absent for until it is resumed
   */
  record PauseRequest(@Nullable String span) {}

  /** A part of a name. */
  record SearchRequest(String text) {}

  /**
   * What to back up.
   *
   * @param folders as they were typed; empty for what the schedule or the company says
   */
  record BackUpRequest(List<String> folders) {}

  /**
   * What to restore.
   *
   * @param target folder as it was typed; absent for where things were
   * @param overwrite what becomes of what is there
   */
  record WindowRestoreRequest(
      String snapshotId,
      List<RestoreItem> items,
      @Nullable String target,
      OverwriteMode overwrite) {}

  /**
   * One thing of it.
   *
   * @param rawPath the bytes of its path, base64url
   * @param directory whether it is a folder
   */
  record RestoreItem(String rawPath, boolean directory) {}

  /**
   * A dialog to begin.
   *
   * @param server address of the portal; absent for the one that is known
   * @param vaultRoot fingerprint of the vault's root, by the person's IT
   * @param caFile file with the authorities to trust
   */
  record DialogRequest(
      DialogCommands.DialogKind kind,
      @Nullable String server,
      @Nullable String vaultRoot,
      @Nullable String caFile) {}

  /**
   * An answer that is no secret.
   *
   * @param number of the question
   */
  record AnswerRequest(int number, String text) {}

  /** A question, by its number. */
  record QuestionRequest(int number) {}

  static <T extends Record> T read(byte[] body, Class<T> type) throws AgentException {
    try {
      T request = AgentJson.mapper().readValue(body, type);
      if (RequiredFields.complete(request)) {
        return request;
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  /** The value of an option as it was typed: one line, which is not taken for another option. */
  static String line(String typed) throws AgentException {
    String line = typed.strip();
    if (line.length() > MAX_PATH_BYTES
        || line.startsWith("-")
        || line.chars().anyMatch(Character::isISOControl)) {
      throw malformed();
    }
    return line;
  }

  static AgentException malformed() {
    return malformed(null);
  }

  /** Such a request is not made by a page of this agent. */
  private static AgentException malformed(@Nullable Exception cause) {
    return cause == null
        ? new AgentException(RunResult.REFUSED, "window.malformed")
        : new AgentException(RunResult.REFUSED, cause, "window.malformed");
  }

  /** A whole identifier; the beginning of one is for people who type. */
  static String snapshotId(String text) throws AgentException {
    try {
      return TextCodec.hex(TextCodec.parseId("snapshotId", text));
    } catch (MalformedException e) {
      throw malformed(e);
    }
  }

  static RawPath path(String rawPath) throws AgentException {
    try {
      return RawPath.of(TextCodec.parseBase64("rawPath", rawPath, MAX_PATH_BYTES));
    } catch (MalformedException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  static String searched(String text) throws AgentException {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
      throw new AgentException(RunResult.REFUSED, "window.search-length", MAX_TEXT);
    }
    return stripped;
  }
}
