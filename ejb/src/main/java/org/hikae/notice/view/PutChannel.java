package org.hikae.notice.view;

import org.hikae.problem.wire.RequirementText;
import org.hikae.runtime.control.SmtpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel is to lead. Mail takes all but url and secret, the webhook those two only.
 *
 * @param host the mail server's name
 * @param port its port, 1 to 65535
 * @param security of the connection, with a user never NONE: STARTTLS, TLS or NONE
 * @param sender address of the sender of mails
 * @param user login at the mail server; absent for none
 * @param password of the login; absent for the one that is kept, as long as host, port, security
 *     and user stay
 * @param url of the webhook; absent for the one that is kept
 * @param secret signs requests of the webhook, 32 to 255 characters; absent for the one that is
 *     kept, as long as the server in the address stays
 */
public record PutChannel(
    @Nullable String host,
    @Nullable Integer port,
    @RequirementText("one of STARTTLS, TLS, NONE") SmtpAddress.@Nullable Security security,
    @Nullable String sender,
    @Nullable String user,
    @Nullable String password,
    @Nullable String url,
    @Nullable String secret) {

  @Override
  public String toString() {
    return "PutChannel(REDACTED)";
  }
}
