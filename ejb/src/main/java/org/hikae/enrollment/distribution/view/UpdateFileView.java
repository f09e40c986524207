package org.hikae.enrollment.distribution.view;

import org.hikae.enrollment.update.wire.UpdateMetadataKind;

/**
 * A signed file of updates.
 *
 * @param bytes of the file, with its signatures, which nobody here has checked
 * @param kind what it is about
 * @param text what is signed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UpdateFileView(byte[] bytes, UpdateMetadataKind kind, String text) {}
