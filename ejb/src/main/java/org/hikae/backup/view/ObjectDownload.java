package org.hikae.backup.view;

/**
 * An object, or a part of it, ready to be sent.
 *
 * @param size length of the whole object
 * @param offset first byte that is sent
 * @param length number of bytes that are sent
 * @param partial whether a part was asked for
 * @param body the bytes
 */
public record ObjectDownload(
    long size, long offset, long length, boolean partial, DownloadBody body) {}
