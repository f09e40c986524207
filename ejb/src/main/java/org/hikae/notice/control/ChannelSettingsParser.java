package org.hikae.notice.control;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.PutChannel;
import org.hikae.problem.control.Refusal;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads what administrators enter for a channel. What was kept stands in for a password, a secret
 * or an address that is not sent again; a kept password goes to the server only for which it was
 * entered.
 */
public final class ChannelSettingsParser {

  private static final int MAX_CHARS = 255;
  private static final int MAX_URL = 2000;
  private static final int MIN_SECRET = 32;
  private static final int MAX_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_CHARS + "}");
  private static final Pattern SENDER = Pattern.compile("[^\\s@<>]{1,64}@[^\\s@<>]{1,255}");

  private ChannelSettingsParser() {}

  /**
   * What is wrong, of several things the first on the form.
   *
   * @param kept what holds now, if that was entered in the portal and can be read
   */
  public static Optional<ChannelFault> fault(
      NoticeChannel channel, PutChannel put, @Nullable ChannelAddress kept) {
    return Optional.ofNullable(
        switch (channel) {
          case MAIL -> mailFault(put, kept instanceof SmtpAddress smtp ? smtp : null);
          case WEBHOOK -> webhookFault(put, kept instanceof WebhookAddress hook ? hook : null);
        });
  }

  /**
   * The mail server that is meant.
   *
   * @param kept what holds now; null for nothing that can be read
   * @throws Refusal when it cannot be meant; says why
   */
  public static SmtpAddress mail(PutChannel put, @Nullable SmtpAddress kept) {
    require(mailFault(put, kept));
    String user = text(put.user());
    return new SmtpAddress(
        text(put.host()),
        Objects.requireNonNull(put.port()),
        Objects.requireNonNull(put.security()),
        user,
        user.isEmpty() ? "" : Objects.requireNonNull(password(put, kept)),
        text(put.sender()));
  }

  /**
   * The webhook that is meant.
   *
   * @param kept what holds now; null for nothing that can be read
   * @throws Refusal when it cannot be meant; says why
   */
  public static WebhookAddress webhook(PutChannel put, @Nullable WebhookAddress kept) {
    require(webhookFault(put, kept));
    URI url = url(put, kept);
    return new WebhookAddress(
        Objects.requireNonNull(url), Objects.requireNonNull(secret(put, kept)));
  }

  private static void require(@Nullable ChannelFault fault) {
    if (fault != null) {
      throw Refusal.malformed(fault.reason());
    }
  }

  private static @Nullable ChannelFault mailFault(PutChannel put, @Nullable SmtpAddress kept) {
    Integer port = put.port();
    String user = text(put.user());
    if (!HOST.matcher(text(put.host())).matches()) {
      return ChannelFault.HOST;
    }
    if (port == null || port < 1 || port > MAX_PORT) {
      return ChannelFault.PORT;
    }
    if (put.security() == null) {
      return ChannelFault.SECURITY;
    }
    if (!isSender(text(put.sender()))) {
      return ChannelFault.SENDER;
    }
    if (!isLine(user)) {
      return ChannelFault.USER;
    }
    if (put.security() == Security.NONE && !user.isEmpty()) {
      return ChannelFault.IN_CLEAR;
    }
    String password = password(put, kept);
    return user.isEmpty() || (password != null && isLine(password)) ? null : ChannelFault.PASSWORD;
  }

  /** Also as whoever makes the mails reads it (RFC 5322). */
  private static boolean isSender(String sender) {
    try {
      return SENDER.matcher(sender).matches()
          && new InternetAddress(sender, true).getAddress().equals(sender);
    } catch (AddressException e) {
      return false;
    }
  }

  private static @Nullable ChannelFault webhookFault(
      PutChannel put, @Nullable WebhookAddress kept) {
    if (!isUrl(url(put, kept))) {
      return ChannelFault.URL;
    }
    String secret = secret(put, kept);
    boolean signs = secret != null && secret.length() >= MIN_SECRET && secret.length() <= MAX_CHARS;
    return signs ? null : ChannelFault.SECRET;
  }

  /** Over TLS, so that nobody but who has a certificate for the name is told anything. */
  private static boolean isUrl(@Nullable URI url) {
    return url != null
        && "https".equals(url.getScheme())
        && WebhookAddress.isAllowed(url)
        && url.toString().length() <= MAX_URL
        && url.getPort() <= MAX_PORT;
  }

  private static @Nullable String password(PutChannel put, @Nullable SmtpAddress kept) {
    String sent = put.password();
    if (sent != null && !sent.isEmpty()) {
      return sent;
    }
    return kept != null && isSame(put, kept) ? kept.password() : null;
  }

  private static boolean isSame(PutChannel put, SmtpAddress kept) {
    return kept.host().equals(text(put.host()))
        && Objects.equals(kept.port(), put.port())
        && kept.security() == put.security()
        && kept.user().equals(text(put.user()));
  }

  private static @Nullable URI url(PutChannel put, @Nullable WebhookAddress kept) {
    String sent = text(put.url());
    if (sent.isEmpty()) {
      return kept == null ? null : kept.url();
    }
    try {
      return new URI(sent);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable String secret(PutChannel put, @Nullable WebhookAddress kept) {
    String sent = put.secret();
    if (sent != null && !sent.isEmpty()) {
      return sent;
    }
    return kept != null && isSameServer(url(put, kept), kept.url()) ? kept.secret() : null;
  }

  /** A secret that one server knows signs nothing for another. */
  private static boolean isSameServer(@Nullable URI url, URI kept) {
    return url != null && kept.getHost().equalsIgnoreCase(url.getHost()) && port(kept) == port(url);
  }

  private static int port(URI url) {
    return url.getPort() == -1 ? HTTPS_PORT : url.getPort();
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given.strip();
  }

  private static boolean isLine(String text) {
    return text.length() <= MAX_CHARS && text.chars().noneMatch(Character::isISOControl);
  }
}
