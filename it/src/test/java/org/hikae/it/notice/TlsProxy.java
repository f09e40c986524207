package org.hikae.it.notice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Speaks TLS before a mail server that does not: from the first byte, or after {@code STARTTLS} and
 * nothing else before it. Only what came encrypted reaches the mail server.
 */
final class TlsProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int behind;
  private final boolean startTls;
  private final AtomicInteger passed = new AtomicInteger();
  private volatile SSLContext certificate;

  /**
   * Listens.
   *
   * @param behind port of the mail server on this host
   * @param startTls whether a client asks for TLS first
   * @param certificate what it shows
   */
  TlsProxy(int behind, boolean startTls, SSLContext certificate) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behind = behind;
    this.startTls = startTls;
    this.certificate = certificate;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Shows another certificate from now on. */
  void show(SSLContext other) {
    certificate = other;
  }

  /** Connections that were encrypted and reached the mail server. */
  int passed() {
    return passed.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed, or the client has gone; the next one is waited for, or nobody.
      }
    }
  }

  private void serve(Socket client) {
    // Without the mail server nobody is greeted.
    try (client;
        Socket mail = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      if (startTls && !agree(client)) {
        return;
      }
      SSLSocket encrypted =
          (SSLSocket) certificate.getSocketFactory().createSocket(client, null, true);
      encrypted.setUseClientMode(false);
      encrypted.startHandshake();
      passed.incrementAndGet();
      if (startTls) {
        // The client was greeted already.
        String greeting = line(mail.getInputStream());
        if (!greeting.startsWith("220")) {
          return;
        }
      }
      Thread answers = Thread.ofVirtual().start(() -> copy(mail, encrypted));
      copy(encrypted, mail);
      answers.join();
    } catch (IOException e) {
      // The client does not trust the certificate, or the mail server is down: the end tells it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the client asked for TLS; anything but a greeting before that is refused. */
  private static boolean agree(Socket client) throws IOException {
    say(client, "220 front");
    for (String said = line(client.getInputStream());
        !said.isEmpty();
        said = line(client.getInputStream())) {
      if (said.startsWith("EHLO")) {
        say(client, "250-front\r\n250 STARTTLS");
      } else if (said.equals("STARTTLS")) {
        say(client, "220 go on");
        return true;
      } else {
        say(client, "530 encrypt first");
      }
    }
    return false;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** A line without its end, byte by byte, because what follows it may be TLS; empty at the end. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] some = new byte[8192];
      for (int read = in.read(some); read != -1; read = in.read(some)) {
        out.write(some, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side has closed, and so the other is.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
