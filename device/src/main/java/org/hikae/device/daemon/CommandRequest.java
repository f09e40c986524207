package org.hikae.device.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line with all that it needs of the process in which it was typed.
 *
 * @param proof that it may write where the agent's keys lie
 * @param context what has to be the same in both processes, see {@link ProcessContext}
 * @param charset how text is written for its terminal
 * @param terminal whether somebody sits there
 * @param workingDirectory where relative paths start
 * @param environment the variables that count
 * @param arguments the command line, carried as one character per byte
 */
public record CommandRequest(
    HomeProof proof,
    List<String> context,
    String charset,
    boolean terminal,
    byte[] workingDirectory,
    Map<String, String> environment,
    List<String> arguments) {

  /** Most texts of one list. */
  static final int MAX_TEXTS = 16_384;

  /** Copies the lists. */
  public CommandRequest {
    context = List.copyOf(context);
    environment = Map.copyOf(environment);
    arguments = List.copyOf(arguments);
  }

  /** The body of its frame. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      text(out, proof.name().getBytes(StandardCharsets.UTF_8));
      text(out, proof.secret());
      texts(out, context);
      text(out, charset.getBytes(StandardCharsets.UTF_8));
      out.writeBoolean(terminal);
      text(out, workingDirectory);
      List<String> variables = new ArrayList<>();
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        variables.add(variable.getKey());
        variables.add(variable.getValue());
      }
      texts(out, variables);
      texts(out, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  /** Reads it back; whatever is not exactly one is refused. */
  public static CommandRequest decode(byte[] body) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    HomeProof proof = new HomeProof(new String(text(in), StandardCharsets.UTF_8), text(in));
    List<String> context = texts(in);
    String charset = new String(text(in), StandardCharsets.UTF_8);
    boolean terminal = in.readBoolean();
    byte[] workingDirectory = text(in);
    List<String> variables = texts(in);
    Map<String, String> environment = new LinkedHashMap<>();
    if (variables.size() % 2 != 0) {
      throw new ProtocolException("A variable has no value.");
    }
    for (int i = 0; i < variables.size(); i += 2) {
      environment.put(variables.get(i), variables.get(i + 1));
    }
    List<String> arguments = texts(in);
    if (in.available() > 0) {
      throw new ProtocolException("Something follows the command.");
    }
    return new CommandRequest(
        proof, context, charset, terminal, workingDirectory, environment, arguments);
  }

  private static void texts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String one : texts) {
      text(out, one.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_TEXTS) {
      throw new ProtocolException("A list of " + count + " texts.");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(text(in), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void text(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] text(DataInputStream in) throws IOException {
    int length = in.readInt();
    // What is there is in memory, so this tells the truth.
    if (length < 0 || length > in.available()) {
      throw new ProtocolException("A text of " + length + " bytes.");
    }
    return in.readNBytes(length);
  }
}
