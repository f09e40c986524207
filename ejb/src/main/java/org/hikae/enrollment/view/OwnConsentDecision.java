package org.hikae.enrollment.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.enrollment.value.ConsentAction;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the caller.
 *
 * @param action as in {@link ConsentLedger.Entry}
 * @param at ISO-8601 instant
 * @param textVersion version of the text
 * @param textLanguage language of the text
 * @param deviceId the device; absent for the pages
 */
public record OwnConsentDecision(
    ConsentAction action,
    Instant at,
    int textVersion,
    String textLanguage,
    @Nullable String deviceId)
    implements Serializable {}
