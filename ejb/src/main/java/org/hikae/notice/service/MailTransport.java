package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.MailText;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.control.TlsTrustFailure;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.runtime.service.Settings;

/**
 * Mail over SMTP, one connection a message. Its Message-ID is made from the message's id: a mail
 * that is sent again, because nobody could tell whether it was taken, has the same one.
 */
@ApplicationScoped
public class MailTransport implements NoticeTransport {

  private static final String CONNECT_MILLIS = "10000";
  private static final String ANSWER_MILLIS = "20000";
  private static final String UTF_8 = "UTF-8";

  @Inject private Settings settings;
  @Inject private Clock clock;

  @Override
  public boolean isConfigured() {
    return settings.smtp() != null;
  }

  @Override
  public void send(OutgoingMessage outgoingMessage) throws DeliveryException {
    SmtpAddress smtp = settings.smtp();
    if (smtp == null) {
      throw new DeliveryException(DeliveryFailure.NOT_CONFIGURED);
    }
    try {
      Session session = Session.getInstance(properties(smtp));
      Message message = message(session, smtp, outgoingMessage);
      try (Transport transport = session.getTransport("smtp")) {
        if (smtp.user().isEmpty()) {
          transport.connect();
        } else {
          transport.connect(smtp.user(), smtp.password());
        }
        transport.sendMessage(message, message.getAllRecipients());
      }
    } catch (MessagingException e) {
      throw new DeliveryException(trouble(e));
    }
  }

  private static DeliveryFailure trouble(MessagingException e) {
    if (TlsTrustFailure.isBehind(e)) {
      return DeliveryFailure.UNTRUSTED;
    }
    if (e instanceof AddressException
        || (e instanceof SendFailedException failed
            && failed.getInvalidAddresses() != null
            && failed.getInvalidAddresses().length > 0)) {
      return DeliveryFailure.ADDRESS;
    }
    boolean refused =
        e instanceof AuthenticationFailedException || !(e.getCause() instanceof IOException);
    return refused ? DeliveryFailure.REFUSED : DeliveryFailure.UNREACHABLE;
  }

  private static Properties properties(SmtpAddress smtp) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", smtp.host());
    properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
    properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
    properties.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
    properties.setProperty("mail.smtp.auth", Boolean.toString(!smtp.user().isEmpty()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    boolean startTls = smtp.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.setProperty(
        "mail.smtp.ssl.enable", Boolean.toString(smtp.security() == Security.TLS));
    return properties;
  }

  private Message message(Session session, SmtpAddress smtp, OutgoingMessage outgoingMessage)
      throws MessagingException {
    MailText words = MailText.of(outgoingMessage, settings.portalUrl());
    String domain = smtp.from().substring(smtp.from().indexOf('@'));
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + outgoingMessage.id() + domain + ">");
          }
        };
    message.setFrom(new InternetAddress(smtp.from(), true));
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress(outgoingMessage.to().address(), true));
    message.setSubject(words.subject(), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    // So that no absence notice answers.
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(words.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(words.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    return message;
  }
}
