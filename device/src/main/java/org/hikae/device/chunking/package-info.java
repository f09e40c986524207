/**
 * Where large files are cut into chunks, by chunker 1 ({@link
 * org.hikae.device.chunking.PolynomialCutRule}) or chunker 2 ({@link
 * org.hikae.device.chunking.MacCutRule}). The cut points follow the content, so that an insertion
 * moves few of them, and a key: who has none cannot tell where a file would be cut.
 */
@NullMarked
package org.hikae.device.chunking;

import org.jspecify.annotations.NullMarked;
