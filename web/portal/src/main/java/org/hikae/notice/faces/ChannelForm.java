package org.hikae.notice.faces;

import java.io.Serializable;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelSettingsView;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.ui.faces.EnumText;
import org.jspecify.annotations.Nullable;

/** Settings of a channel as their form shows them. What is secret is forgotten after each act. */
public class ChannelForm implements Serializable {

  private static final String USUAL_PORT = "587";

  private final NoticeChannel channel;
  private long edition;
  private @Nullable ChannelSettingsView settings;
  private @Nullable TestChannelResult result;
  private boolean overtaken;
  private String host = "";
  private String port = USUAL_PORT;
  private String security = Security.STARTTLS.name();
  private String sender = "";
  private String user = "";
  private String password = "";
  private String url = "";
  private String secret = "";

  /** Of what holds. */
  ChannelForm(ChannelSettingsView holding) {
    channel = holding.channel();
    stands(holding);
    Integer heldPort = holding.port();
    Security heldSecurity = holding.security();
    if (heldPort != null && heldSecurity != null) {
      host = orEmpty(holding.host());
      port = heldPort.toString();
      security = heldSecurity.name();
      sender = orEmpty(holding.sender());
      user = orEmpty(holding.user());
    }
  }

  private void stands(ChannelSettingsView holding) {
    settings = holding;
    edition = holding.edition();
  }

  /** Somebody else has changed it meanwhile; who saves now replaces that. */
  void overtaken(ChannelSettingsView holding) {
    stands(holding);
    overtaken = true;
  }

  /** How trying it ended. */
  void tested(@Nullable TestChannelResult ended) {
    result = ended;
  }

  /** Forgets what is secret: the browser has it still. */
  void forget() {
    password = "";
    url = "";
    secret = "";
  }

  /** What is to be put; words and numbers that there are not are left out, and so refused. */
  PutChannel put() {
    return channel == NoticeChannel.MAIL
        ? new PutChannel(
            host,
            port.strip().matches("[0-9]{1,5}") ? Integer.valueOf(port.strip()) : null,
            EnumText.named(Security.class, security),
            sender,
            user,
            password,
            null,
            null)
        : new PutChannel(null, null, null, null, null, null, url, secret);
  }

  /** The edition that is edited. */
  long edition() {
    return edition;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** MAIL or WEBHOOK. */
  public NoticeChannel getChannel() {
    return channel;
  }

  /** What holds. */
  public @Nullable ChannelSettingsView getSettings() {
    return settings;
  }

  /** Whether the environment says where it leads. */
  public boolean isFromEnvironment() {
    return settings != null && settings.origin() == ChannelOrigin.ENVIRONMENT;
  }

  /** Whether administrators have entered where it leads. */
  public boolean isEntered() {
    return settings != null && settings.origin() == ChannelOrigin.PORTAL;
  }

  /** Whether somebody else has changed it since the page was opened. */
  public boolean isOvertaken() {
    return overtaken;
  }

  /** How trying it ended; null for not tried. */
  public @Nullable TestChannelResult getResult() {
    return result;
  }

  /** The mail server. */
  public String getHost() {
    return host;
  }

  /** Sets the mail server. */
  public void setHost(@Nullable String given) {
    host = orEmpty(given);
  }

  /** Its port. */
  public String getPort() {
    return port;
  }

  /** Sets its port. */
  public void setPort(@Nullable String given) {
    port = orEmpty(given);
  }

  /** STARTTLS, TLS or NONE. */
  public String getSecurity() {
    return security;
  }

  /** Sets how the connection is protected. */
  public void setSecurity(@Nullable String given) {
    security = orEmpty(given);
  }

  /** Address of the sender. */
  public String getSender() {
    return sender;
  }

  /** Sets the sender. */
  public void setSender(@Nullable String given) {
    sender = orEmpty(given);
  }

  /** The login; empty for none. */
  public String getUser() {
    return user;
  }

  /** Sets the login. */
  public void setUser(@Nullable String given) {
    user = orEmpty(given);
  }

  /** The password that is being entered. */
  public String getPassword() {
    return password;
  }

  /** Sets the password. */
  public void setPassword(@Nullable String given) {
    password = orEmpty(given);
  }

  /** The address of the webhook that is being entered. */
  public String getUrl() {
    return url;
  }

  /** Sets that address. */
  public void setUrl(@Nullable String given) {
    url = orEmpty(given);
  }

  /** The secret that is being entered. */
  public String getSecret() {
    return secret;
  }

  /** Sets the secret. */
  public void setSecret(@Nullable String given) {
    secret = orEmpty(given);
  }
}
