package org.hikae.enrollment.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.enrollment.wire.ConsentText;
import org.jspecify.annotations.Nullable;

/**
 * A published version of the consent text.
 *
 * @param version rises
 * @param publishedAt when
 * @param publishedBy {@code sub} of who published it; {@code release} for the one that came with
 *     the portal
 * @param from from when on employees are shown it
 * @param reconsentBy until when earlier consents have to be renewed; absent when they count on
 * @param texts in all languages; empty in a list of versions
 */
public record ConsentVersionView(
    int version,
    Instant publishedAt,
    String publishedBy,
    Instant from,
    @Nullable Instant reconsentBy,
    List<ConsentText> texts)
    implements Serializable {}
