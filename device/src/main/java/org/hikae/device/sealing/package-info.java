/**
 * The sealed forms in which bytes leave the device: packs of chunks and snapshot roots. Each has a
 * key of its own from a fresh salt and a commitment to that key, so that nonces cannot repeat and
 * one object opens under one key only. Whatever does not open is a {@link
 * org.hikae.device.sealing.DamagedDataException}, whatever the cause.
 */
@NullMarked
package org.hikae.device.sealing;

import org.jspecify.annotations.NullMarked;
