package org.hikae.enrollment.wire;

import java.io.Serializable;
import java.time.Instant;

/**
 * The consent text has a later version, to which the employee has to agree for backups to go on.
 *
 * @param by until when (ISO-8601)
 * @param paused whether that time is over: the portal takes no backups until they agree; what is
 *     stored stays and can be restored
 */
public record Reconsent(Instant by, boolean paused) implements Serializable {}
