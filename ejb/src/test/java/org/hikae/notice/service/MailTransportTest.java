package org.hikae.notice.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.insight.report.control.MonthlyReportFileMapper;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.notice.control.MailFile;
import org.hikae.notice.control.MailText;
import org.hikae.runtime.control.SmtpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails with files, as a mail server takes them. */
class MailTransportTest {

  private static final MailText TEXT = new MailText("Report", "the text", "<p>the text</p>");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private MimeMultipart received(List<MailFile> files) throws Exception {
    SmtpAddress address =
        new SmtpAddress(
            "127.0.0.1",
            server.getSmtp().getPort(),
            SmtpAddress.Security.NONE,
            "",
            "",
            "a@example.com");
    Duration within = Duration.ofSeconds(60);
    new SmtpClient(address, within, within, new BoundedSocketFactory(null, within))
        .send(session -> mail(session, files));
    return (MimeMultipart) server.getReceivedMessages()[0].getContent();
  }

  private static Message mail(Session session, List<MailFile> files) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom("a@example.com");
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@example.com"));
    message.setSubject(TEXT.subject());
    message.setContent(MailTransport.content(TEXT, files));
    return message;
  }

  private static MailFile report(MonthlyReportFormat format) {
    MonthlyReportDocument document =
        new MonthlyReportDocument(
            new MonthlyReportContent(
                MonthlyReportPeriod.parse("2026-11").orElseThrow(), Instant.EPOCH, List.of()),
            Map.of(),
            "https://backup.example.com/");
    MonthlyReportFile file = MonthlyReportFileMapper.of(document, format, "ja");
    return new MailFile(file.name(), file.type(), file.content());
  }

  @Test
  void files_stand_beside_the_text_and_arrive_byte_by_byte() throws Exception {
    MailFile pdf = report(MonthlyReportFormat.PDF);
    MailFile csv = report(MonthlyReportFormat.CSV);
    MimeMultipart parts = received(List.of(pdf, csv));
    assertThat(parts.getContentType()).startsWith("multipart/mixed");
    assertThat(parts.getCount()).isEqualTo(3);
    MimeMultipart text = (MimeMultipart) parts.getBodyPart(0).getContent();
    assertThat(text.getContentType()).startsWith("multipart/alternative");
    assertThat(text.getBodyPart(0).getContent()).isEqualTo("the text");
    assertThat(text.getBodyPart(1).getContentType()).startsWith("text/html");
    requireFile(parts.getBodyPart(1), pdf);
    requireFile(parts.getBodyPart(2), csv);
    assertThat(new String(csv.content(), StandardCharsets.UTF_8)).contains("2026-11,report");
  }

  private static void requireFile(BodyPart part, MailFile file) throws Exception {
    assertThat(part.getDisposition()).isEqualTo(Part.ATTACHMENT);
    assertThat(part.getFileName()).isEqualTo(file.name());
    assertThat(part.getContentType().replaceAll("\\s", "")).startsWith(file.type());
    assertThat(part.getInputStream().readAllBytes()).isEqualTo(file.content());
  }

  @Test
  void a_mail_without_files_is_as_it_was() throws Exception {
    MimeMultipart parts = received(List.of());
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
  }
}
