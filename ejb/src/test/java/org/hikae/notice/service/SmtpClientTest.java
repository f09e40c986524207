package org.hikae.notice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way in which a mail server can say no, or nothing, is told apart. */
@EveryThirdRun
class SmtpClientTest {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration DRIP = Duration.ofMillis(50);
  private static final String PASSWORD = "geheim-und-lang";

  private GreenMail plain;
  private GreenMail tls;

  @BeforeEach
  void start() {
    plain = started(ServerSetup.PROTOCOL_SMTP);
    tls = started(ServerSetup.PROTOCOL_SMTPS);
  }

  private static GreenMail started(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.setUser("login", PASSWORD);
    server.start();
    return server;
  }

  @AfterEach
  void stop() {
    plain.stop();
    tls.stop();
  }

  private static SmtpAddress address(int port, Security security, String user) {
    return new SmtpAddress("127.0.0.1", port, security, user, "wrong-one", "a@example.com");
  }

  private static Message mail(Session session) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom("a@example.com");
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@example.com"));
    message.setSubject("test");
    message.setText("text");
    return message;
  }

  private static DeliveryException failure(SmtpAddress to, Duration answer) {
    return failure(to, answer, new BoundedSocketFactory(null, LONG));
  }

  private static DeliveryException failure(
      SmtpAddress to, Duration answer, BoundedSocketFactory sockets) {
    SmtpClient client = new SmtpClient(to, CONNECT, answer, sockets);
    return catchThrowableOfType(DeliveryException.class, () -> client.send(SmtpClientTest::mail));
  }

  private int plainPort() {
    return plain.getSmtp().getPort();
  }

  @Test
  void a_mail_is_taken() throws Exception {
    new SmtpClient(
            address(plainPort(), Security.NONE, ""),
            CONNECT,
            LONG,
            new BoundedSocketFactory(null, LONG))
        .send(SmtpClientTest::mail);
    assertThat(plain.getReceivedMessages()).hasSize(1);
  }

  @Test
  void nobody_listens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    DeliveryException nobody = failure(address(port, Security.STARTTLS, ""), LONG);
    assertThat(nobody.trouble()).isEqualTo(DeliveryFailure.UNREACHABLE);
    assertThat(nobody.answer()).isNull();
  }

  @Test
  void nobody_is_called_so() {
    SmtpAddress unknown =
        new SmtpAddress("no-such-host.invalid", 25, Security.NONE, "", "", "a@example.com");
    assertThat(failure(unknown, LONG).trouble()).isEqualTo(DeliveryFailure.UNKNOWN_HOST);
  }

  @Test
  void a_server_that_says_nothing() throws Exception {
    // Connections are taken by the system; nobody ever reads or writes.
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      for (Security security : Security.values()) {
        SmtpAddress to = address(silent.getLocalPort(), security, "");
        assertThat(failure(to, Duration.ofMillis(300)).trouble())
            .as("%s", security)
            .isEqualTo(DeliveryFailure.SILENT);
      }
    }
  }

  @Test
  void a_server_without_tls() {
    assertThat(failure(address(plainPort(), Security.STARTTLS, ""), LONG).trouble())
        .isEqualTo(DeliveryFailure.NO_TLS);
    assertThat(failure(address(plainPort(), Security.TLS, ""), LONG).trouble())
        .isEqualTo(DeliveryFailure.NO_TLS);
    assertThat(plain.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_vouches_for() {
    SmtpAddress to = address(tls.getSmtps().getPort(), Security.TLS, "login");
    assertThat(failure(to, LONG).trouble()).isEqualTo(DeliveryFailure.UNTRUSTED);
  }

  @Test
  void a_wrong_password() {
    SmtpAddress to = address(tls.getSmtps().getPort(), Security.TLS, "login");
    SmtpClient trusting =
        new SmtpClient(to, CONNECT, LONG, new BoundedSocketFactory(null, LONG)) {
          @Override
          Properties properties() {
            Properties properties = super.properties();
            properties.setProperty("mail.smtp.ssl.trust", "*");
            properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
            return properties;
          }
        };
    DeliveryException wrong =
        catchThrowableOfType(DeliveryException.class, () -> trusting.send(SmtpClientTest::mail));
    assertThat(wrong.trouble()).isEqualTo(DeliveryFailure.LOGIN);
    assertThat(wrong.answer()).matches("535( 5\\.7\\.8)?");
    assertThat(wrong.getMessage()).as("for the log").isEqualTo("LOGIN");
  }

  @Test
  void a_server_that_refuses_and_repeats_the_password() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, "550 5.7.1 No: wrong-one\r\n"));
      DeliveryException no = failure(address(server.getLocalPort(), Security.NONE, ""), LONG);
      assertThat(no.trouble()).isEqualTo(DeliveryFailure.REFUSED);
      assertThat(no.answer()).contains("550 5.7.1 No: …").doesNotContain("wrong-one");
    }
  }

  @Test
  @Timeout(30)
  void a_server_that_drips_is_left_after_a_while() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      for (Security security : new Security[] {Security.NONE, Security.TLS}) {
        Thread.ofVirtual().start(() -> repeat(server, DRIP, "220-x\r\n"));
        SmtpAddress to = address(server.getLocalPort(), security, "");
        BoundedSocketFactory sockets = new BoundedSocketFactory(null, Duration.ofMillis(700));
        assertThat(failure(to, LONG, sockets).trouble())
            .as("%s", security)
            .isIn(DeliveryFailure.SILENT, DeliveryFailure.NO_TLS);
      }
    }
  }

  @Test
  @Timeout(30)
  void a_server_that_floods_is_left_soon() throws Exception {
    for (String said : new String[] {"220-x\r\n".repeat(1000), "220-" + "x".repeat(10_000)}) {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread.ofVirtual().start(() -> repeat(server, Duration.ZERO, said));
        SmtpAddress to = address(server.getLocalPort(), Security.NONE, "");
        assertThat(failure(to, LONG).trouble()).isEqualTo(DeliveryFailure.UNREACHABLE);
      }
    }
  }

  @Test
  void the_connection_goes_to_the_address_that_was_looked_at() throws Exception {
    SmtpAddress named =
        new SmtpAddress("no-such-host.invalid", plainPort(), Security.NONE, "", "", "a@b.example");
    new SmtpClient(
            named, CONNECT, LONG, new BoundedSocketFactory(InetAddress.getLoopbackAddress(), LONG))
        .send(SmtpClientTest::mail);
    assertThat(plain.getReceivedMessages()).hasSize(1);
  }

  /** Says this until the client is gone. */
  private static void repeat(ServerSocket server, Duration between, String said) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      byte[] bytes = said.getBytes(StandardCharsets.US_ASCII);
      while (true) {
        out.write(bytes);
        Thread.sleep(between);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  /** Greets, and answers whatever comes with this. */
  private static void serve(ServerSocket server, String answer) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("220 test\r\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = in.readLine();
      while (line != null) {
        boolean mail = line.startsWith("MAIL");
        out.write((mail ? answer : "250 ok\r\n").getBytes(StandardCharsets.US_ASCII));
        line = in.readLine();
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
