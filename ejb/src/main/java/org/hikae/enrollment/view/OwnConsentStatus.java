package org.hikae.enrollment.view;

import java.io.Serializable;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.enrollment.wire.SetView;
import org.jspecify.annotations.Nullable;

/**
 * Where the caller stands.
 *
 * @param displayName name for people
 * @param offered whether the rollout has reached them
 * @param state {@code NOT_OPTED_IN}, {@code PENDING}, {@code OPTED_IN} or {@code WITHDRAWN}
 * @param set the set that is not withdrawn, if any
 * @param reconsent present when the caller has to agree to the current text for backups to go on
 */
public record OwnConsentStatus(
    String displayName,
    boolean offered,
    OptInState state,
    @Nullable SetView set,
    @Nullable Reconsent reconsent)
    implements Serializable {}
