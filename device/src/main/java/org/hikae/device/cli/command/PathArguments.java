package org.hikae.device.cli.command;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.RawPath;

/**
 * Paths of the command line as raw bytes, made absolute as a shell does: {@code ..} takes the name
 * before it away.
 */
public final class PathArguments {

  private PathArguments() {}

  public static RawPath absolute(AgentEnvironment here, String carried) throws AgentException {
    byte[] typed = RawArguments.bytes(carried);
    if (typed.length == 0) {
      throw new AgentException(RunResult.REFUSED, "path.malformed", "''");
    }
    byte[] whole = typed;
    if (typed[0] != '/') {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      joined.writeBytes(here.workingDirectory());
      joined.write('/');
      joined.writeBytes(typed);
      whole = joined.toByteArray();
    }
    try {
      return RawPath.of(withoutDots(whole));
    } catch (IllegalArgumentException e) {
      throw new AgentException(RunResult.REFUSED, e, "path.malformed", RawPath.display(typed));
    }
  }

  private static byte[] withoutDots(byte[] path) {
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        byte[] name = Arrays.copyOfRange(path, start, i);
        start = i + 1;
        if (name.length == 2 && name[0] == '.' && name[1] == '.') {
          if (!names.isEmpty()) {
            names.removeLast();
          }
        } else if (name.length > 0 && !(name.length == 1 && name[0] == '.')) {
          names.add(name);
        }
      }
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    if (names.isEmpty()) {
      joined.write('/');
    }
    for (byte[] name : names) {
      joined.write('/');
      joined.writeBytes(name);
    }
    return joined.toByteArray();
  }
}
