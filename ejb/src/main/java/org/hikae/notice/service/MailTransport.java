package org.hikae.notice.service;

import jakarta.activation.DataHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.MailFile;
import org.hikae.notice.control.MailText;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Mail over SMTP, one connection a message. Its Message-ID is made from the message's id: a mail
 * that is sent again, because nobody could tell whether it was taken, has the same one.
 */
@ApplicationScoped
public class MailTransport implements NoticeTransport {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** How long all of one mail may take. */
  private static final Duration WHOLE = Duration.ofMinutes(2);

  private static final String UTF_8 = "UTF-8";

  private static final System.Logger LOG = System.getLogger(MailTransport.class.getName());

  @Inject @Any private Instance<MailFileProvider> mailFileProviders;
  @Inject private Settings settings;
  @Inject private ChannelSettingsReader channels;
  @Inject private ChannelSettingsWriter writer;
  @Inject private DestinationGuard guard;
  @Inject private Clock clock;

  @Override
  public boolean isConfigured() {
    return channels.origin(NoticeChannel.MAIL) != ChannelOrigin.NOBODY;
  }

  @Override
  public void send(OutgoingMessage outgoingMessage) throws DeliveryException {
    ChannelSettingsReader.Holding holding = channels.holding(NoticeChannel.MAIL);
    Long edition = holding.edition();
    if (edition == null) {
      dispatch((SmtpAddress) holding.address(), outgoingMessage, null);
    } else {
      send(outgoingMessage, holding.address());
      writer.worked(NoticeChannel.MAIL, edition);
    }
  }

  @Override
  public void send(OutgoingMessage outgoingMessage, ChannelAddress tried) throws DeliveryException {
    SmtpAddress smtp = (SmtpAddress) tried;
    dispatch(smtp, outgoingMessage, guard.require(smtp.host()));
  }

  private void dispatch(
      SmtpAddress smtp, OutgoingMessage outgoingMessage, @Nullable InetAddress only)
      throws DeliveryException {
    List<MailFile> files = files(outgoingMessage);
    new SmtpClient(smtp, CONNECT, ANSWER, new BoundedSocketFactory(only, WHOLE))
        .send(session -> message(session, smtp, outgoingMessage, files));
  }

  /** One whose files cannot be made waits by itself, and keeps no other from being sent. */
  private List<MailFile> files(OutgoingMessage outgoingMessage) throws DeliveryException {
    List<MailFile> files = new ArrayList<>();
    try {
      for (MailFileProvider provider : mailFileProviders) {
        for (OutgoingMessage.Content content : outgoingMessage.contents()) {
          files.addAll(provider.files(content, outgoingMessage.to().language()));
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The files of a mail cannot be made; trying again", e);
      throw new DeliveryException(DeliveryFailure.REFUSED);
    }
    return files;
  }

  private Message message(
      Session session, SmtpAddress smtp, OutgoingMessage outgoingMessage, List<MailFile> files)
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
    message.setContent(content(words, files));
    return message;
  }

  /** The text in its two forms, and beside it the files (RFC 2046, 5.1). */
  static MimeMultipart content(MailText words, List<MailFile> files) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(words.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(words.html(), UTF_8, "html");
    MimeMultipart alternative = new MimeMultipart("alternative", text, html);
    if (files.isEmpty()) {
      return alternative;
    }
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(alternative);
    MimeMultipart mixed = new MimeMultipart("mixed", body);
    for (MailFile file : files) {
      MimeBodyPart part = new MimeBodyPart();
      part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.type())));
      part.setFileName(file.name());
      part.setDisposition(Part.ATTACHMENT);
      mixed.addBodyPart(part);
    }
    return mixed;
  }
}
