package org.hikae.crypto.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hikae.crypto.CryptoException;

/**
 * A Node process with the peer in it: the npm package that {@code src/test/interop} names, by
 * version and hash. Installed below {@code target} when it is not there yet or the lock file has
 * changed. Whatever keeps the peer from answering is an exception that fails the test; nothing is
 * skipped.
 */
final class NodePeerProcess implements AutoCloseable {

  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path SOURCE = MODULE.resolve("src/test/interop");
  private static final Path HOME = MODULE.resolve("target/interop");
  private static final String LOCK = "package-lock.json";

  private static final long INSTALL_SECONDS = 180;
  private static final long ANSWER_SECONDS = 60;

  /** How the package begins the message of what the protocol refuses; all else is our mistake. */
  private static final String REFUSAL = "opaque protocol error";

  /** Stands behind the last line of the process. */
  private static final String ENDED = "";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedWriter requests;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private NodePeerProcess(Process process) {
    this.process = process;
    this.requests = process.outputWriter();
    Thread.ofVirtual().start(this::read);
  }

  /** Installs the package if need be, and starts the process. */
  static NodePeerProcess start() throws IOException, InterruptedException {
    Files.createDirectories(HOME);
    for (String file : List.of("package.json", LOCK, "peer.js")) {
      Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    install();
    return new NodePeerProcess(launch("peer.log", ProcessBuilder.Redirect.PIPE, "node", "peer.js"));
  }

  private static void install() throws IOException, InterruptedException {
    String lock = Files.readString(HOME.resolve(LOCK));
    Path installed = HOME.resolve("installed.json");
    if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
      return;
    }
    Files.deleteIfExists(installed);
    Process npm =
        launch(
            "npm.log",
            ProcessBuilder.Redirect.appendTo(HOME.resolve("npm.log").toFile()),
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund");
    boolean ended = npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      destroy(npm);
    }
    if (!ended || npm.exitValue() != 0) {
      throw new IllegalStateException(
          "npm ci did not install the peer (is there a network?):\n" + log("npm.log"));
    }
    Files.writeString(installed, lock);
  }

  private static Process launch(String log, ProcessBuilder.Redirect output, String... command)
      throws IOException {
    Files.deleteIfExists(HOME.resolve(log));
    try {
      return new ProcessBuilder(command)
          .directory(HOME.toFile())
          .redirectOutput(output)
          .redirectError(ProcessBuilder.Redirect.appendTo(HOME.resolve(log).toFile()))
          .start();
    } catch (IOException e) {
      throw new IOException(
          command[0] + " cannot be run; ./verify installs the packages nodejs and npm.", e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // The process is gone; the marker says so.
    } finally {
      answers.add(ENDED);
    }
  }

  /**
   * Calls a function of the package, such as {@code client.startLogin}.
   *
   * @param params its one argument, written as JSON
   * @return what it returned; JSON's null when that was undefined
   * @throws CryptoException when the package refused what it was given
   */
  synchronized JsonNode call(String function, Object params) throws CryptoException {
    JsonNode answer = exchange(Map.of("call", function, "params", params));
    if (!answer.has("thrown")) {
      return answer.get("value");
    }
    String message = answer.get("thrown").asText();
    if (!message.startsWith(REFUSAL)) {
      throw new IllegalStateException(function + " of the peer was called wrongly: " + message);
    }
    throw new CryptoException(message);
  }

  /** As {@link #call} where the package has no reason to refuse. */
  JsonNode demand(String function, Object params) {
    try {
      return call(function, params);
    } catch (CryptoException e) {
      throw new IllegalStateException(function + " of the peer refused", e);
    }
  }

  private JsonNode exchange(Object request) {
    try {
      requests.write(JSON.writeValueAsString(request));
      requests.newLine();
      requests.flush();
      String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.equals(ENDED)) {
        // A late answer must not pass for the next one's.
        close();
        throw new IllegalStateException("The peer gave no answer:\n" + log("peer.log"));
      }
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("The peer does not listen:\n" + log("peer.log"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the peer", e);
    }
  }

  private static String log(String name) {
    try {
      return Files.readString(HOME.resolve(name));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** Bytes as the package takes them. */
  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A field of an answer, as bytes. */
  static byte[] bytes(JsonNode answer, String field) {
    return decode(answer.get(field));
  }

  /** A text of the package, as bytes. */
  static byte[] decode(JsonNode text) {
    return Base64.getUrlDecoder().decode(text.asText());
  }

  @Override
  public void close() {
    destroy(process);
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
