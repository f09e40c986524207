package org.hikae.notice.control;

/**
 * A mail in the recipient's language, as text and as HTML with the same content.
 *
 * @param subject one line
 * @param text plain
 * @param html without anything that is loaded from elsewhere
 */
public record MailText(String subject, String text, String html) {

  /** Writes the mail. */
  public static MailText of(OutgoingMessage outgoingMessage, String portalUrl) {
    String language = outgoingMessage.to().language();
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    for (OutgoingMessage.Content content : outgoingMessage.contents()) {
      String sentence = sentence(outgoingMessage, content);
      String facts = facts(outgoingMessage, content);
      text.append(sentence).append('\n').append(facts).append("\n\n");
      html.append("<p><strong>").append(escape(sentence)).append("</strong><br>");
      html.append(escape(facts)).append("</p>\n");
    }
    if (outgoingMessage.left() > 0) {
      String left =
          NoticeMessages.text("mail.left", language)
              .replace("{count}", Long.toString(outgoingMessage.left()));
      text.append(left).append("\n\n");
      html.append("<p>").append(escape(left)).append("</p>\n");
    }
    String see = NoticeMessages.text("mail.see", language);
    String why = NoticeMessages.text("mail.why", language);
    text.append(see).append(' ').append(portalUrl).append("\n\n").append(why).append('\n');
    html.append("<p>").append(escape(see)).append(" <a href=\"").append(escape(portalUrl));
    html.append("\">").append(escape(portalUrl)).append("</a></p>\n<p><small>");
    html.append(escape(why)).append("</small></p>\n");
    String head =
        "<!DOCTYPE html>\n<html lang=\"" + language + "\"><head><meta charset=\"utf-8\"></head>";
    return new MailText(
        subject(outgoingMessage, language),
        text.toString(),
        head + "<body>\n" + html + "</body></html>\n");
  }

  private static String subject(OutgoingMessage outgoingMessage, String language) {
    OutgoingMessage.Content first = outgoingMessage.contents().getFirst();
    String what =
        outgoingMessage.contents().size() == 1
            ? sentence(outgoingMessage, first)
            : NoticeMessages.text("mail.digest", language)
                .replace("{count}", Integer.toString(outgoingMessage.contents().size()));
    return "Hikae: " + what;
  }

  private static String sentence(OutgoingMessage outgoingMessage, OutgoingMessage.Content content) {
    return NoticeMessages.sentence(
        content.kind(), content.detail(), outgoingMessage.to().language(), outgoingMessage.zone());
  }

  private static String facts(OutgoingMessage outgoingMessage, OutgoingMessage.Content content) {
    String language = outgoingMessage.to().language();
    String severity = NoticeMessages.text("severity." + content.kind().severity(), language);
    String facts =
        severity
            + " · "
            + NoticeMessages.time(content.happenedAt(), language, outgoingMessage.zone());
    return content.employeeId() == null ? facts : facts + " · " + employee(content, language);
  }

  /** Their name; the number of one whom the directory does not name. */
  private static String employee(OutgoingMessage.Content content, String language) {
    return content.employeeName() == null
        ? NoticeMessages.text("mail.employee", language)
            .replace("{employeeId}", String.valueOf(content.employeeId()))
        : NoticeMessages.plain(content.employeeName());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
