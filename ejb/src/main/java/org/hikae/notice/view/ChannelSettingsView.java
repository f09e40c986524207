package org.hikae.notice.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.SmtpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel leads. Password and secret are never shown, and of the webhook's address only
 * where its server is: many have a secret in the rest.
 *
 * @param channel MAIL or WEBHOOK
 * @param origin who says where it leads, of whom the first holds: ENVIRONMENT, PORTAL or NOBODY
 * @param edition how often it was changed in the portal; also its entity tag
 * @param readable whether this portal can open what was entered; if not, it is entered again
 * @param host the mail server's name
 * @param port its port
 * @param security STARTTLS, TLS or NONE
 * @param sender address of the sender of mails
 * @param user login at the mail server; absent for none
 * @param url where the webhook's server is, with {@code /…} for the rest
 * @param changedAt when it was changed last in the portal
 * @param workedAt when a message first went out by what was entered: since then a change needs a
 *     second administrator
 */
public record ChannelSettingsView(
    NoticeChannel channel,
    ChannelOrigin origin,
    long edition,
    boolean readable,
    @Nullable String host,
    @Nullable Integer port,
    SmtpAddress.@Nullable Security security,
    @Nullable String sender,
    @Nullable String user,
    @Nullable String url,
    @Nullable Instant changedAt,
    @Nullable Instant workedAt)
    implements Serializable {}
