package org.hikae.notice.service;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.ServerAnswer;
import org.hikae.notice.control.TlsTrustFailure;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.jspecify.annotations.Nullable;

/** Sends mails to one server, one connection a message, and says why it could not. */
class SmtpClient {

  private static final int MAX_CAUSES = 10;

  private final SmtpAddress smtp;
  private final Duration connect;
  private final Duration answer;
  private final BoundedSocketFactory sockets;

  /**
   * A client.
   *
   * @param connect how long connecting may take
   * @param answer how long the server may say nothing
   * @param sockets makes its connections
   */
  SmtpClient(SmtpAddress smtp, Duration connect, Duration answer, BoundedSocketFactory sockets) {
    this.smtp = smtp;
    this.connect = connect;
    this.answer = answer;
    this.sockets = sockets;
  }

  /** Makes a mail for a session. */
  @FunctionalInterface
  interface MailFactory {

    Message make(Session session) throws MessagingException;
  }

  void send(MailFactory mail) throws DeliveryException {
    try {
      Session session = Session.getInstance(properties());
      Message message = mail.make(session);
      try (Transport transport = session.getTransport("smtp")) {
        if (smtp.user().isEmpty()) {
          transport.connect();
        } else {
          transport.connect(smtp.user(), smtp.password());
        }
        transport.sendMessage(message, message.getAllRecipients());
      }
    } catch (MessagingException e) {
      DeliveryFailure failure = failure(e);
      throw new DeliveryException(failure, answer(failure, innermost(e).getMessage()));
    }
  }

  /** What may be shown of it; a server can repeat in many ways what it was told of a login. */
  private @Nullable String answer(DeliveryFailure failure, @Nullable String said) {
    return switch (failure) {
      case LOGIN -> ServerAnswer.codes(said);
      case ADDRESS, REFUSED ->
          ServerAnswer.of(
              said,
              smtp.password(),
              // As AUTH PLAIN sends it (RFC 4616).
              smtp.password().isEmpty() ? "" : "\0" + smtp.user() + "\0" + smtp.password());
      default -> null;
    };
  }

  /** Of the session. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", smtp.host());
    properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
    properties.put("mail.smtp.socketFactory", sockets);
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    properties.setProperty("mail.smtp.connectiontimeout", Long.toString(connect.toMillis()));
    String answerMillis = Long.toString(answer.toMillis());
    properties.setProperty("mail.smtp.timeout", answerMillis);
    properties.setProperty("mail.smtp.writetimeout", answerMillis);
    properties.setProperty("mail.smtp.auth", Boolean.toString(!smtp.user().isEmpty()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    boolean startTls = smtp.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.setProperty(
        "mail.smtp.ssl.enable", Boolean.toString(smtp.security() == Security.TLS));
    return properties;
  }

  private static DeliveryFailure failure(MessagingException e) {
    if (TlsTrustFailure.isBehind(e)) {
      return DeliveryFailure.UNTRUSTED;
    }
    if (e instanceof AddressException
        || (e instanceof SendFailedException failed
            && failed.getInvalidAddresses() != null
            && failed.getInvalidAddresses().length > 0)) {
      return DeliveryFailure.ADDRESS;
    }
    if (e instanceof AuthenticationFailedException) {
      return DeliveryFailure.LOGIN;
    }
    if (isWithoutTls(e)) {
      return DeliveryFailure.NO_TLS;
    }
    if (causes(e).anyMatch(UnknownHostException.class::isInstance)) {
      return DeliveryFailure.UNKNOWN_HOST;
    }
    if (causes(e).anyMatch(SmtpClient::isSilence)) {
      return DeliveryFailure.SILENT;
    }
    return causes(e).anyMatch(IOException.class::isInstance)
        ? DeliveryFailure.UNREACHABLE
        : DeliveryFailure.REFUSED;
  }

  /** The library and the JDK have no types for these. */
  private static boolean isWithoutTls(MessagingException e) {
    return String.valueOf(e.getMessage()).startsWith("STARTTLS is required")
        || causes(e)
            .anyMatch(
                cause ->
                    cause instanceof SSLException
                        && String.valueOf(cause.getMessage()).startsWith("Unsupported or"));
  }

  /** A connection that is not made in time is told by the same type. */
  private static boolean isSilence(Throwable cause) {
    return cause instanceof SocketTimeoutException
        && String.valueOf(cause.getMessage()).startsWith("Read");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }

  private static Exception innermost(MessagingException failure) {
    Exception found = failure;
    for (int i = 0; i < MAX_CAUSES; i++) {
      Exception next = found instanceof MessagingException m ? m.getNextException() : null;
      if (next == null) {
        return found;
      }
      found = next;
    }
    return found;
  }
}
