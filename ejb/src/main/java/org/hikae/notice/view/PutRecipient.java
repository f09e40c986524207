package org.hikae.notice.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what.
 *
 * @param name 1 to 100 characters, of no other recipient
 * @param audience ROLE, GROUP (of the employee concerned) or EMPLOYEE (the one concerned)
 * @param audienceName the role or the group's path; absent for EMPLOYEE
 * @param channel MAIL or WEBHOOK
 * @param addresses 1 to 20 mail addresses; none for the employee's own and for the webhook
 * @param language {@code en} or {@code ja}; of an employee who has chosen, that counts
 * @param kinds which kinds, at most all; none for all but INFO
 * @param timeZone of the times of day, such as {@code Asia/Tokyo}
 * @param quietFrom when quiet hours begin, such as {@code 22:00}; with quietUntil or not at all
 * @param quietUntil when they end
 * @param digestAt when the day's notices go in one message; absent for at once
 * @param mutedUntil until when nothing is sent, such as {@code 2026-12-01T08:00:00Z}
 */
public record PutRecipient(
    String name,
    @RequirementText("one of ROLE, GROUP, EMPLOYEE") RecipientAudience audience,
    @Nullable String audienceName,
    @RequirementText("one of MAIL, WEBHOOK") NoticeChannel channel,
    List<String> addresses,
    String language,
    List<String> kinds,
    String timeZone,
    @Nullable String quietFrom,
    @Nullable String quietUntil,
    @Nullable String digestAt,
    @Nullable Instant mutedUntil)
    implements Serializable {}
