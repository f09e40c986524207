package org.hikae.enrollment.view;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The consent text that is being written, as employees would read it.
 *
 * @param revision rises with every change; sent back with the next one, and with publishing
 * @param nextVersion which version it would become
 * @param titleEn title in English; empty while it is still to be written
 * @param bodyEn paragraphs in English, separated by an empty line
 * @param titleJa title in Japanese
 * @param bodyJa paragraphs in Japanese
 * @param changedAt when it was last changed
 * @param changedBy {@code sub} of who changed it
 * @param wouldBeAsked how many employees take part now, and would be asked to agree anew
 */
public record ConsentDraftView(
    long revision,
    int nextVersion,
    String titleEn,
    String bodyEn,
    String titleJa,
    String bodyJa,
    @Nullable Instant changedAt,
    @Nullable String changedBy,
    long wouldBeAsked)
    implements Serializable {}
